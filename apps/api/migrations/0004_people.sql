-- Persons and households. Whoever lacks the right sees nothing of a person under a non-disclosure order (661/2009 36 §) nor of
-- the members of its household; `protected` says so, is kept by the triggers below and is written by nothing else.

create table persons (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  first_names text not null,
  last_name text not null,
  -- sealed (platform/field-crypto.ts), found by keyed hash, shown masked: 131052-****
  identity_code_sealed text,
  identity_code_index bytea,
  identity_code_shown text,
  migri_number_sealed text,
  migri_number_index bytea,
  migri_number_shown text,
  birth_date date not null,
  languages text[] not null default '{}',
  interpreter_needed boolean not null default false,
  residence_ground text,
  phone text,
  email text,
  contact_address_sealed text,
  -- the latest non-disclosure order; it masks until it is ended, also past its last day
  protection_granted_on date,
  protection_ends_on date,
  protection_ended_at timestamptz,
  -- masked for whoever lacks the right: under an order, or ever a member of a household with somebody who is
  protected boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint persons_reference_unique unique (municipality_id, reference),
  constraint persons_identity_code_unique unique (municipality_id, identity_code_index),
  constraint persons_migri_number_unique unique (municipality_id, migri_number_index),
  constraint persons_identity_code_whole check (num_nulls(identity_code_sealed, identity_code_index, identity_code_shown) in (0, 3)),
  constraint persons_migri_number_whole check (num_nulls(migri_number_sealed, migri_number_index, migri_number_shown) in (0, 3)),
  constraint persons_identified check (identity_code_index is not null or migri_number_index is not null),
  constraint persons_protection_days check (protection_granted_on is not null or (protection_ends_on is null and protection_ended_at is null)),
  constraint persons_protection_order check (protection_ends_on >= protection_granted_on)
);
call protect_table('persons');
create trigger persons_version before update on persons for each row execute function bump_version();
create index persons_name on persons (municipality_id, last_name collate "fi-FI-x-icu", first_names collate "fi-FI-x-icu", id);
create index persons_updated on persons (municipality_id, updated_at);

create table households (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  name text not null,
  waiting_since date,
  accessibility_needs text[] not null default '{}',
  note text,
  -- a member, now or ever, is under a non-disclosure order that nobody has ended
  protected boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint households_reference_unique unique (municipality_id, reference)
);
call protect_table('households');
create trigger households_version before update on households for each row execute function bump_version();
create index households_name on households (municipality_id, name collate "fi-FI-x-icu", id);
create index households_waiting on households (municipality_id, waiting_since, id);
create index households_updated on households (municipality_id, updated_at);

create table household_members (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  joined_on date not null,
  left_on date,
  primary key (municipality_id, id),
  constraint household_members_household foreign key (municipality_id, household_id) references households (municipality_id, id) on delete cascade,
  constraint household_members_person foreign key (municipality_id, person_id) references persons (municipality_id, id),
  constraint household_members_days check (left_on >= joined_on),
  -- nobody lives in two households on one day
  constraint household_members_overlap exclude using gist
    (municipality_id with =, person_id with =, daterange(joined_on, left_on, '[]') with &&)
);
call protect_table('household_members');
create index household_members_household_id on household_members (municipality_id, household_id);
create index household_members_person_id on household_members (municipality_id, person_id);

-- Protection --------------------------------------------------------------------------------------------------------
-- Order of person → households → other members, each in the transaction of what changed. Every step that finds an order
-- locks the person first, so that an order granted and a membership written at the same time see one another.
--
-- For leases: an order bumps the versions of the leases as well. `households.protected` is in the SET list of every such
-- update, also where its value stays, so `create trigger … after update of protected on households` on the sublease side
-- fires each time. A lease is masked when its household is protected; persons named as tenants beside it are masked by
-- `persons.protected`.

create function under_order(granted_on date, ended_at timestamptz) returns boolean
  language sql immutable parallel safe
  return granted_on is not null and ended_at is null;

create function household_under_order(municipality uuid, household uuid) returns boolean
  language sql stable
  return exists (
    select from household_members m
    join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
    where m.municipality_id = municipality and m.household_id = household and under_order(p.protection_granted_on, p.protection_ended_at)
  );

create function person_in_protected_household(municipality uuid, person uuid) returns boolean
  language sql stable
  return exists (
    select from household_members m
    join households h on h.municipality_id = m.municipality_id and h.id = m.household_id
    where m.municipality_id = municipality and m.person_id = person and h.protected
  );

create function persons_set_protected() returns trigger language plpgsql as $$
begin
  new.protected := under_order(new.protection_granted_on, new.protection_ended_at)
    or person_in_protected_household(new.municipality_id, new.id);
  return new;
end $$;
create trigger persons_set_protected before insert or update on persons for each row execute function persons_set_protected();

create function persons_order_changed() returns trigger language plpgsql as $$
begin
  update households h
     set protected = household_under_order(h.municipality_id, h.id), updated_at = greatest(h.updated_at, new.updated_at)
   where h.municipality_id = new.municipality_id
     and h.id in (select m.household_id from household_members m where m.municipality_id = new.municipality_id and m.person_id = new.id);
  return null;
end $$;
create trigger persons_order_changed after update of protection_granted_on, protection_ends_on, protection_ended_at on persons
  for each row execute function persons_order_changed();

create function households_protected_changed() returns trigger language plpgsql as $$
begin
  update persons p
     set updated_at = greatest(p.updated_at, new.updated_at)
   where p.municipality_id = new.municipality_id
     and not under_order(p.protection_granted_on, p.protection_ended_at)
     and p.id in (select m.person_id from household_members m where m.municipality_id = new.municipality_id and m.household_id = new.id);
  return null;
end $$;
create trigger households_protected_changed after update on households
  for each row when (old.protected is distinct from new.protected) execute function households_protected_changed();

create function household_members_changed() returns trigger language plpgsql as $$
declare
  one household_members := case tg_op when 'DELETE' then old else new end;
begin
  perform from persons where municipality_id = one.municipality_id and id = one.person_id for no key update;
  perform from households where municipality_id = one.municipality_id and id = one.household_id for no key update;
  update households
     set protected = not protected
   where municipality_id = one.municipality_id and id = one.household_id
     and protected is distinct from household_under_order(municipality_id, id);
  update persons
     set updated_at = greatest(updated_at, (select h.updated_at from households h where h.municipality_id = one.municipality_id and h.id = one.household_id))
   where municipality_id = one.municipality_id and id = one.person_id
     and protected is distinct from
         (under_order(protection_granted_on, protection_ended_at) or person_in_protected_household(municipality_id, id));
  return null;
end $$;
create trigger household_members_changed after insert or update or delete on household_members
  for each row execute function household_members_changed();

-- Search ------------------------------------------------------------------------------------------------------------
-- Only the reference may be found by everyone. A member who is masked by another household is not found by name in this
-- one: it would tell where that person lives.

create procedure household_search_words(municipality uuid, household uuid)
  language plpgsql as $$
declare
  reference_ text;
  names text;
begin
  select h.reference,
         concat_ws(' ', h.name, (
           select string_agg(p.first_names || ' ' || p.last_name, ' ')
           from household_members m
           join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
           where m.municipality_id = h.municipality_id and m.household_id = h.id and (h.protected or not p.protected)))
    into reference_, names
    from households h
   where h.municipality_id = municipality and h.id = household;
  if found then
    call set_search_words(municipality, 'household', household, reference_, names);
  end if;
end $$;

create function persons_search() returns trigger language plpgsql as $$
declare
  one uuid;
begin
  call set_search_words(new.municipality_id, 'person', new.id, new.reference, new.first_names || ' ' || new.last_name);
  for one in
    select distinct m.household_id from household_members m where m.municipality_id = new.municipality_id and m.person_id = new.id
  loop
    call household_search_words(new.municipality_id, one);
  end loop;
  return null;
end $$;
create trigger persons_search after insert on persons for each row execute function persons_search();
create trigger persons_search_again after update on persons
  for each row when (
    old.first_names is distinct from new.first_names or old.last_name is distinct from new.last_name or old.protected is distinct from new.protected
  ) execute function persons_search();
create trigger persons_search_drop after delete on persons for each row execute function drop_search_words('person');

create function households_search() returns trigger language plpgsql as $$
begin
  call household_search_words(new.municipality_id, new.id);
  return null;
end $$;
create trigger households_search after insert on households for each row execute function households_search();
create trigger households_search_again after update on households
  for each row when (old.name is distinct from new.name or old.protected is distinct from new.protected) execute function households_search();
create trigger households_search_drop after delete on households for each row execute function drop_search_words('household');

create function household_members_search() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    call household_search_words(old.municipality_id, old.household_id);
  end if;
  if tg_op <> 'DELETE' then
    call household_search_words(new.municipality_id, new.household_id);
  end if;
  return null;
end $$;
-- Fires after household_members_changed (in the order of names), which settles who is protected.
create trigger household_members_search after insert or delete or update of person_id, household_id on household_members
  for each row execute function household_members_search();
