-- Head leases (landlord to city) and subleases (city to household). What holds between rows is kept here, under the lock of the
-- flat's row: overlaps, the days of a sublease inside its head lease, the states, the third short term (481/1995).

-- The landlord of a lease is the flat's, and a room is the flat's room: keys that leases point to.
alter table flats add constraint flats_of_landlord unique (municipality_id, id, landlord_id);
alter table rooms add constraint rooms_of_flat unique (municipality_id, id, flat_id);

create table head_leases (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  flat_id uuid not null,
  landlord_id uuid not null,
  status text not null default 'draft',
  term text not null,
  written boolean not null default true,
  starts_on date not null,
  -- the last day of the term agreed last; those of the terms before it
  agreed_ends_on date,
  earlier_ends date[] not null default '{}',
  -- set by the end command
  ended_on date,
  end_reason text,
  ends_on date generated always as (coalesce(ended_on, agreed_ends_on)) stored,
  -- written by triggers: short terms in a row up to this lease's last, what the law makes of its term, the days that it holds
  short_run int not null,
  effective_term text not null,
  span daterange not null,
  last_on date generated always as (upper(span) - 1) stored,
  due_day int,
  security_cents bigint,
  security_form text,
  security_lodged_on date,
  sublet_permission_source text,
  sublet_permission_on date,
  vacancy_born_by text,
  -- { name, email, phone }
  city_contact jsonb,
  note text,
  signed_on date,
  active_on date,
  -- [{ step, on, endedOn, endReason }]: the steps that revert may take back, the last one last
  steps jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint head_leases_reference_unique unique (municipality_id, reference),
  constraint head_leases_of_flat unique (municipality_id, id, flat_id, landlord_id),
  constraint head_leases_flat foreign key (municipality_id, flat_id, landlord_id) references flats (municipality_id, id, landlord_id),
  constraint head_leases_status check (status in ('draft', 'signed', 'active')),
  constraint head_leases_signed check ((status = 'draft') = (signed_on is null)),
  constraint head_leases_active check ((status = 'active') = (active_on is not null)),
  constraint head_leases_term check ((term = 'fixedTerm' and agreed_ends_on is not null) or (term = 'indefinite' and agreed_ends_on is null)),
  constraint head_leases_days check (agreed_ends_on >= starts_on),
  constraint head_leases_end check (ended_on >= starts_on),
  -- a lease that holds no day would read neither as living nor as ended
  constraint head_leases_span check (not isempty(span)),
  constraint head_leases_end_reason check ((ended_on is null) = (end_reason is null)),
  constraint head_leases_due_day check (due_day between 1 and 31),
  constraint head_leases_security check (security_cents >= 0),
  constraint head_leases_sublet_permission check ((sublet_permission_source is null) = (sublet_permission_on is null)),
  constraint head_leases_overlap exclude using gist (municipality_id with =, flat_id with =, span with &&)
);
call protect_table('head_leases');
create trigger head_leases_version before update on head_leases for each row execute function bump_version();
create index head_leases_starts_on on head_leases (municipality_id, starts_on, id);
create index head_leases_ends_on on head_leases (municipality_id, ends_on, id);
create index head_leases_status_on on head_leases (municipality_id, status, starts_on, id);
create index head_leases_flat_id on head_leases (municipality_id, flat_id, starts_on, id);
create index head_leases_landlord_id on head_leases (municipality_id, landlord_id, starts_on, id);
create index head_leases_updated on head_leases (municipality_id, updated_at);

create table subleases (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  head_lease_id uuid not null,
  flat_id uuid not null,
  landlord_id uuid not null,
  household_id uuid not null,
  scope text not null,
  room_id uuid,
  -- '' = the whole room
  place text not null default '',
  status text not null default 'draft',
  term text not null,
  written boolean not null default true,
  starts_on date not null,
  agreed_ends_on date,
  earlier_ends date[] not null default '{}',
  ended_on date,
  end_reason text,
  ends_on date generated always as (coalesce(ended_on, agreed_ends_on)) stored,
  short_run int not null,
  effective_term text not null,
  -- cut where the head lease's span ends (78 §)
  span daterange not null,
  last_on date generated always as (upper(span) - 1) stored,
  -- written by triggers: somebody of the household, or named as tenant, is masked for whoever lacks the right
  protected boolean not null,
  due_day int,
  security_cents bigint,
  security_form text,
  security_lodged_on date,
  home_insurance_shown_on date,
  tenant_told_on date,
  tenant_told_by text,
  landlord_told_on date,
  landlord_told_by text,
  city_contact jsonb,
  note text,
  signed_on date,
  active_on date,
  steps jsonb not null default '[]',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint subleases_reference_unique unique (municipality_id, reference),
  constraint subleases_head_lease foreign key (municipality_id, head_lease_id, flat_id, landlord_id)
    references head_leases (municipality_id, id, flat_id, landlord_id),
  constraint subleases_room foreign key (municipality_id, room_id, flat_id) references rooms (municipality_id, id, flat_id),
  constraint subleases_household foreign key (municipality_id, household_id) references households (municipality_id, id),
  constraint subleases_scope check ((scope = 'wholeFlat' and room_id is null and place = '') or (scope = 'partOfFlat' and room_id is not null)),
  constraint subleases_status check (status in ('draft', 'signed', 'active')),
  constraint subleases_signed check ((status = 'draft') = (signed_on is null)),
  constraint subleases_active check ((status = 'active') = (active_on is not null)),
  constraint subleases_term check ((term = 'fixedTerm' and agreed_ends_on is not null) or (term = 'indefinite' and agreed_ends_on is null)),
  constraint subleases_days check (agreed_ends_on >= starts_on),
  constraint subleases_end check (ended_on >= starts_on),
  constraint subleases_span check (not isempty(span)),
  constraint subleases_end_reason check ((ended_on is null) = (end_reason is null)),
  constraint subleases_due_day check (due_day between 1 and 31),
  constraint subleases_security check (security_cents >= 0),
  -- a whole flat meets a part of it, and another whole one
  constraint subleases_overlap_scope exclude using gist (municipality_id with =, flat_id with =, scope with <>, span with &&),
  constraint subleases_overlap_flat exclude using gist (municipality_id with =, flat_id with =, span with &&) where (scope = 'wholeFlat'),
  -- a room or place meets itself, and a whole room each place of it
  constraint subleases_overlap_place exclude using gist (municipality_id with =, room_id with =, place with =, span with &&) where (room_id is not null),
  constraint subleases_overlap_room exclude using gist (municipality_id with =, room_id with =, (place = '') with <>, span with &&) where (room_id is not null)
);
call protect_table('subleases');
create trigger subleases_version before update on subleases for each row execute function bump_version();
create index subleases_starts_on on subleases (municipality_id, starts_on, id);
create index subleases_ends_on on subleases (municipality_id, ends_on, id);
create index subleases_status_on on subleases (municipality_id, status, starts_on, id);
create index subleases_head_lease_id on subleases (municipality_id, head_lease_id, starts_on, id);
create index subleases_flat_id on subleases (municipality_id, flat_id, starts_on, id);
create index subleases_landlord_id on subleases (municipality_id, landlord_id, starts_on, id);
create index subleases_household_id on subleases (municipality_id, household_id, starts_on, id);
create index subleases_updated on subleases (municipality_id, updated_at);

create table sublease_tenants (
  municipality_id uuid not null,
  id uuid not null,
  sublease_id uuid not null,
  person_id uuid not null,
  position int not null,
  primary key (municipality_id, id),
  constraint sublease_tenants_unique unique (municipality_id, sublease_id, person_id),
  constraint sublease_tenants_sublease foreign key (municipality_id, sublease_id) references subleases (municipality_id, id) on delete cascade,
  constraint sublease_tenants_person foreign key (municipality_id, person_id) references persons (municipality_id, id)
);
call protect_table('sublease_tenants');
create index sublease_tenants_person_id on sublease_tenants (municipality_id, person_id);

create table head_lease_rent_parts (
  municipality_id uuid not null,
  id uuid not null,
  head_lease_id uuid not null,
  kind text not null,
  basis text not null,
  -- '' where nothing tells it from another of its kind
  label text not null default '',
  cents bigint not null check (cents >= 0),
  starts_on date not null,
  ends_on date,
  primary key (municipality_id, id),
  constraint head_lease_rent_parts_lease foreign key (municipality_id, head_lease_id) references head_leases (municipality_id, id) on delete cascade,
  constraint head_lease_rent_parts_days check (ends_on >= starts_on),
  constraint head_lease_rent_parts_overlap exclude using gist
    (municipality_id with =, head_lease_id with =, kind with =, label with =, daterange(starts_on, ends_on, '[]') with &&)
);
call protect_table('head_lease_rent_parts');
create index head_lease_rent_parts_lease_id on head_lease_rent_parts (municipality_id, head_lease_id, starts_on);

create table sublease_rent_parts (
  municipality_id uuid not null,
  id uuid not null,
  sublease_id uuid not null,
  kind text not null,
  basis text not null,
  label text not null default '',
  cents bigint not null check (cents >= 0),
  starts_on date not null,
  ends_on date,
  primary key (municipality_id, id),
  constraint sublease_rent_parts_lease foreign key (municipality_id, sublease_id) references subleases (municipality_id, id) on delete cascade,
  constraint sublease_rent_parts_days check (ends_on >= starts_on),
  constraint sublease_rent_parts_overlap exclude using gist
    (municipality_id with =, sublease_id with =, kind with =, label with =, daterange(starts_on, ends_on, '[]') with &&)
);
call protect_table('sublease_rent_parts');
create index sublease_rent_parts_lease_id on sublease_rent_parts (municipality_id, sublease_id, starts_on);

-- Days and terms ------------------------------------------------------------------------------------------------------
-- A lease's row is settled before it is written: its short terms in a row, what the law makes of its term, its span. Where that
-- moves others (the next lease of the chain, the subleases of a head lease) they are touched: an update of short_run, which
-- nothing else sets, settles them in turn and does nothing where nothing changes.

-- Whoever writes leases of a flat holds its row, so that two overlapping ones meet here and not in a deadlock.
create function lock_flats(municipality uuid, variadic ids uuid[]) returns void language plpgsql as $$
begin
  perform from flats where municipality_id = municipality and id = any (ids) order by id for no key update;
end $$;

-- Refuses with the name of a rule, as a constraint would.
create function refuse(rule text, on_table text) returns void language plpgsql as $$
begin
  raise exception '%', rule using errcode = 'check_violation', constraint = rule, table = on_table;
end $$;

-- Terms of at most three months in a row (4 § 1 mom.), `before` of them in the lease before; an extension is a term of its own.
-- A longer term starts the count anew. Terms that an end has taken away do not count.
create function short_terms_in_row(before int, starts date, ends date[], ended date) returns int
  language plpgsql immutable parallel safe as $$
declare
  run int := before;
  from_day date := starts;
  to_day date;
begin
  foreach to_day in array ends loop
    exit when ended < from_day;
    run := case when to_day < (from_day + interval '3 months')::date then run + 1 else 0 end;
    exit when to_day is null or run >= 3;
    from_day := to_day + 1;
  end loop;
  return run;
end $$;

-- An agreed end counts only where the term is fixed in law; an end command cuts either. Reversed days are for the checks to refuse.
create function lease_days(starts date, agreed date, ended date, effective text) returns daterange
  language sql immutable parallel safe
  return case when least(agreed, ended) < starts then 'empty'::daterange
    else daterange(starts, least(case effective when 'fixedTerm' then agreed end, ended), '[]') end;

create function effective_term_of(term text, written boolean, run int) returns text
  language sql immutable parallel safe
  return case when term = 'fixedTerm' and written and run < 3 then 'fixedTerm' else 'indefinite' end;

-- draft → signed → active, a step at a time; back too, which the revert command does on the day of the step.
create function is_lease_step(before text, after text) returns boolean
  language sql immutable parallel safe
  return before = after or (before, after) in (('draft', 'signed'), ('signed', 'active'), ('active', 'signed'), ('signed', 'draft'));

create function head_leases_settle() returns trigger language plpgsql as $$
declare
  run int;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'draft' then perform refuse('head_leases_step', tg_table_name); end if;
    perform lock_flats(new.municipality_id, new.flat_id);
  else
    perform lock_flats(new.municipality_id, old.flat_id, new.flat_id);
    if not is_lease_step(old.status, new.status) then perform refuse('head_leases_step', tg_table_name); end if;
    if ((new.status = 'draft' and old.status <> 'draft') or (new.sublet_permission_on is null and old.sublet_permission_on is not null))
      and exists (select from subleases s where s.municipality_id = new.municipality_id and s.head_lease_id = new.id and s.status <> 'draft')
      or new.status <> 'active' and old.status = 'active'
      and exists (select from subleases s where s.municipality_id = new.municipality_id and s.head_lease_id = new.id and s.status = 'active')
    then
      perform refuse('head_leases_in_use', tg_table_name);
    end if;
  end if;
  select max(h.short_run) into run
    from head_leases h
   where h.municipality_id = new.municipality_id and h.flat_id = new.flat_id and h.id <> new.id and upper(h.span) = new.starts_on;
  new.short_run := short_terms_in_row(coalesce(run, 0), new.starts_on, new.earlier_ends || new.agreed_ends_on, new.ended_on);
  new.effective_term := effective_term_of(new.term, new.written, new.short_run);
  new.span := lease_days(new.starts_on, new.agreed_ends_on, new.ended_on, new.effective_term);
  if tg_argv[0] = 'touch' and (new.short_run, new.effective_term, new.span) is not distinct from (old.short_run, old.effective_term, old.span) then
    return null;
  end if;
  return new;
end $$;
create trigger head_leases_settle
  before insert or update of flat_id, landlord_id, status, term, written, starts_on, agreed_ends_on, earlier_ends, ended_on, sublet_permission_on
  on head_leases for each row execute function head_leases_settle('write');
create trigger head_leases_settle_again before update of short_run on head_leases for each row execute function head_leases_settle('touch');

create function head_leases_settled() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.flat_id, old.short_run, old.span) is not distinct from (new.flat_id, new.short_run, new.span) then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    update head_leases h set short_run = h.short_run, updated_at = greatest(h.updated_at, coalesce(new.updated_at, h.updated_at))
     where h.municipality_id = old.municipality_id and h.flat_id = old.flat_id and h.id <> old.id and h.starts_on = upper(old.span);
  end if;
  if tg_op <> 'DELETE' then
    update head_leases h set short_run = h.short_run, updated_at = greatest(h.updated_at, new.updated_at)
     where h.municipality_id = new.municipality_id and h.flat_id = new.flat_id and h.id <> new.id and h.starts_on = upper(new.span);
  end if;
  if tg_op = 'UPDATE' then
    if exists (select from subleases s where s.municipality_id = new.municipality_id and s.head_lease_id = new.id and not s.span <@ new.span) then
      perform refuse('head_leases_sublease_lives_on', tg_table_name);
    end if;
    -- A masked lease with the instant of a head lease would tell which home it is.
    update subleases s
       set short_run = s.short_run, updated_at = case when s.protected then s.updated_at else greatest(s.updated_at, new.updated_at) end
     where s.municipality_id = new.municipality_id and s.head_lease_id = new.id;
  end if;
  return null;
end $$;
create trigger head_leases_settled after insert or update or delete on head_leases for each row execute function head_leases_settled();

-- Masked is a lease whose household is protected, and one of whose household's members or named tenants is by another household:
-- their home would be known through it.
create function is_lease_protected(municipality uuid, household uuid, sublease uuid) returns boolean
  language sql stable
  return exists (select from households h where h.municipality_id = municipality and h.id = household and h.protected)
    or exists (
      select from household_members m join persons p on p.municipality_id = m.municipality_id and p.id = m.person_id
      where m.municipality_id = municipality and m.household_id = household and p.protected)
    or exists (
      select from sublease_tenants t join persons p on p.municipality_id = t.municipality_id and p.id = t.person_id
      where t.municipality_id = municipality and t.sublease_id = sublease and p.protected);

create function subleases_settle() returns trigger language plpgsql as $$
declare
  head head_leases;
  run int;
begin
  if tg_op = 'INSERT' then
    if new.status <> 'draft' then perform refuse('subleases_step', tg_table_name); end if;
    perform lock_flats(new.municipality_id, new.flat_id);
  else
    perform lock_flats(new.municipality_id, old.flat_id, new.flat_id);
    if not is_lease_step(old.status, new.status) then perform refuse('subleases_step', tg_table_name); end if;
  end if;
  select * into head from head_leases h where h.municipality_id = new.municipality_id and h.id = new.head_lease_id;
  if tg_op = 'INSERT' or (old.head_lease_id, old.starts_on, old.agreed_ends_on) is distinct from (new.head_lease_id, new.starts_on, new.agreed_ends_on) then
    if not (new.starts_on <@ head.span and coalesce(new.agreed_ends_on <@ head.span, true)) then
      perform refuse('subleases_inside_head_lease', tg_table_name);
    end if;
  end if;
  if new.status <> 'draft' and (tg_op = 'INSERT' or old.status = 'draft') then
    if head.sublet_permission_on is null then perform refuse('subleases_sublet_permission', tg_table_name); end if;
    if head.status = 'draft' then perform refuse('subleases_head_lease_signed', tg_table_name); end if;
  end if;
  if new.status = 'active' and old.status <> 'active' and head.status <> 'active' then
    perform refuse('subleases_head_lease_active', tg_table_name);
  end if;
  if tg_op = 'INSERT' or old.household_id <> new.household_id then
    -- An order that is granted at this moment is waited for, or waits for this lease.
    perform from households where municipality_id = new.municipality_id and id = new.household_id for share;
    new.protected := is_lease_protected(new.municipality_id, new.household_id, new.id);
  end if;
  select max(s.short_run) into run
    from subleases s
   where s.municipality_id = new.municipality_id and s.household_id = new.household_id and s.flat_id = new.flat_id and s.id <> new.id
     and upper(s.span) = new.starts_on;
  new.short_run := short_terms_in_row(coalesce(run, 0), new.starts_on, new.earlier_ends || new.agreed_ends_on, new.ended_on);
  new.effective_term := effective_term_of(new.term, new.written, new.short_run);
  new.span := lease_days(new.starts_on, new.agreed_ends_on, new.ended_on, new.effective_term) * head.span;
  if tg_argv[0] = 'touch' and (new.short_run, new.effective_term, new.span) is not distinct from (old.short_run, old.effective_term, old.span) then
    return null;
  end if;
  return new;
end $$;
create trigger subleases_settle
  before insert or update of head_lease_id, flat_id, landlord_id, household_id, scope, room_id, place, status, term, written, starts_on,
    agreed_ends_on, earlier_ends, ended_on
  on subleases for each row execute function subleases_settle('write');
create trigger subleases_settle_again before update of short_run on subleases for each row execute function subleases_settle('touch');

create function subleases_settled() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.flat_id, old.household_id, old.short_run, old.span) is not distinct from (new.flat_id, new.household_id, new.short_run, new.span) then
    return null;
  end if;
  if tg_op <> 'INSERT' then
    update subleases s set short_run = s.short_run, updated_at = greatest(s.updated_at, coalesce(new.updated_at, s.updated_at))
     where s.municipality_id = old.municipality_id and s.household_id = old.household_id and s.flat_id = old.flat_id and s.id <> old.id
       and s.starts_on = upper(old.span);
  end if;
  if tg_op <> 'DELETE' then
    update subleases s set short_run = s.short_run, updated_at = greatest(s.updated_at, new.updated_at)
     where s.municipality_id = new.municipality_id and s.household_id = new.household_id and s.flat_id = new.flat_id and s.id <> new.id
       and s.starts_on = upper(new.span);
  end if;
  return null;
end $$;
create trigger subleases_settled after insert or update or delete on subleases for each row execute function subleases_settled();

create function leases_refuse_delete() returns trigger language plpgsql as $$
begin
  perform lock_flats(old.municipality_id, old.flat_id);
  if old.status <> 'draft' then perform refuse(tg_table_name || '_draft', tg_table_name); end if;
  return old;
end $$;
create trigger head_leases_refuse_delete before delete on head_leases for each row execute function leases_refuse_delete();
create trigger subleases_refuse_delete before delete on subleases for each row execute function leases_refuse_delete();

-- A security is at most three months' rent, of the first day's (8 §). Checked at the end of the transaction, when the rent is there.
create function head_leases_security_cap() returns trigger language plpgsql as $$
declare
  lease uuid := case tg_table_name when 'head_leases' then to_jsonb(new) ->> 'id' else to_jsonb(coalesce(new, old)) ->> 'head_lease_id' end;
begin
  if exists (
    select from head_leases l
     where l.municipality_id = coalesce(new.municipality_id, old.municipality_id) and l.id = lease
       and l.security_cents > 3 * (
         select sum(p.cents) from head_lease_rent_parts p
          where p.municipality_id = l.municipality_id and p.head_lease_id = l.id and daterange(p.starts_on, p.ends_on, '[]') @> l.starts_on))
  then
    perform refuse('head_leases_security_cap', 'head_leases');
  end if;
  return null;
end $$;
create constraint trigger head_leases_security_cap after insert or update of security_cents, starts_on on head_leases
  deferrable initially deferred for each row execute function head_leases_security_cap();
create constraint trigger head_lease_rent_parts_security_cap after insert or update or delete on head_lease_rent_parts
  deferrable initially deferred for each row execute function head_leases_security_cap();

create function subleases_security_cap() returns trigger language plpgsql as $$
declare
  lease uuid := case tg_table_name when 'subleases' then to_jsonb(new) ->> 'id' else to_jsonb(coalesce(new, old)) ->> 'sublease_id' end;
begin
  if exists (
    select from subleases l
     where l.municipality_id = coalesce(new.municipality_id, old.municipality_id) and l.id = lease
       and l.security_cents > 3 * (
         select sum(p.cents) from sublease_rent_parts p
          where p.municipality_id = l.municipality_id and p.sublease_id = l.id and daterange(p.starts_on, p.ends_on, '[]') @> l.starts_on))
  then
    perform refuse('subleases_security_cap', 'subleases');
  end if;
  return null;
end $$;
create constraint trigger subleases_security_cap after insert or update of security_cents, starts_on on subleases
  deferrable initially deferred for each row execute function subleases_security_cap();
create constraint trigger sublease_rent_parts_security_cap after insert or update or delete on sublease_rent_parts
  deferrable initially deferred for each row execute function subleases_security_cap();

-- Protection ------------------------------------------------------------------------------------------------------------
-- An order bumps the versions of all leases of the household: households_order writes `protected`, also where its value stays.

create function households_leases_protected() returns trigger language plpgsql as $$
begin
  update subleases s
     set protected = is_lease_protected(s.municipality_id, s.household_id, s.id), updated_at = greatest(s.updated_at, new.updated_at)
   where s.municipality_id = new.municipality_id and s.household_id = new.id;
  return null;
end $$;
create trigger households_leases_protected after update of protected on households for each row execute function households_leases_protected();

-- The leases that a person's protection reaches; the households' rows are held, as whoever makes a lease holds them.
create procedure protect_leases_of_person(municipality uuid, person uuid, at timestamptz)
  language plpgsql as $$
begin
  perform from households h
   where h.municipality_id = municipality
     and h.id in (
       select m.household_id from household_members m where m.municipality_id = municipality and m.person_id = person
       union select s.household_id from sublease_tenants t join subleases s on s.municipality_id = t.municipality_id and s.id = t.sublease_id
        where t.municipality_id = municipality and t.person_id = person)
   order by h.id for no key update;
  update subleases s
     set protected = not s.protected, updated_at = greatest(s.updated_at, at)
   where s.municipality_id = municipality
     and (s.household_id in (select m.household_id from household_members m where m.municipality_id = municipality and m.person_id = person)
       or s.id in (select t.sublease_id from sublease_tenants t where t.municipality_id = municipality and t.person_id = person))
     and s.protected is distinct from is_lease_protected(s.municipality_id, s.household_id, s.id);
end $$;

create function persons_leases_protected() returns trigger language plpgsql as $$
begin
  call protect_leases_of_person(new.municipality_id, new.id, new.updated_at);
  return null;
end $$;
create trigger persons_leases_protected after update on persons
  for each row when (old.protected is distinct from new.protected) execute function persons_leases_protected();

-- Fires after household_members_changed (in the order of names), which settles who is protected.
create function household_members_leases() returns trigger language plpgsql as $$
declare
  one household_members := case tg_op when 'DELETE' then old else new end;
begin
  update subleases s
     set protected = not s.protected
   where s.municipality_id = one.municipality_id and s.household_id = one.household_id
     and s.protected is distinct from is_lease_protected(s.municipality_id, s.household_id, s.id);
  return null;
end $$;
create trigger household_members_leases after insert or update or delete on household_members
  for each row execute function household_members_leases();

create function sublease_tenants_protected() returns trigger language plpgsql as $$
declare
  one sublease_tenants := case tg_op when 'DELETE' then old else new end;
begin
  update subleases s
     set protected = not s.protected
   where s.municipality_id = one.municipality_id and s.id = one.sublease_id
     and s.protected is distinct from is_lease_protected(s.municipality_id, s.household_id, s.id);
  return null;
end $$;
create trigger sublease_tenants_protected after insert or delete on sublease_tenants
  for each row execute function sublease_tenants_protected();

-- Search ----------------------------------------------------------------------------------------------------------------
-- Of a sublease only the reference may be found by everybody; names and the home by who may join them, or where nobody is
-- protected. A head lease tells of no person.

create procedure head_lease_search_words(municipality uuid, lease uuid)
  language plpgsql as $$
declare
  found_by text;
begin
  select concat_ws(' ', h.reference, f.reference, f.address, l.name)
    into found_by
    from head_leases h
    join flats f on f.municipality_id = h.municipality_id and f.id = h.flat_id
    join landlords l on l.municipality_id = h.municipality_id and l.id = h.landlord_id
   where h.municipality_id = municipality and h.id = lease;
  if found then
    call set_search_words(municipality, 'headLease', lease, found_by);
  end if;
end $$;

create procedure sublease_search_words(municipality uuid, lease uuid)
  language plpgsql as $$
declare
  reference_ text;
  hidden text;
begin
  select s.reference,
         concat_ws(' ', f.reference, f.address, l.name, h.reference, h.name, (
           select string_agg(p.first_names || ' ' || p.last_name, ' ')
           from persons p
           where p.municipality_id = s.municipality_id
             and p.id in (
               select m.person_id from household_members m where m.municipality_id = s.municipality_id and m.household_id = s.household_id
               union select t.person_id from sublease_tenants t where t.municipality_id = s.municipality_id and t.sublease_id = s.id)))
    into reference_, hidden
    from subleases s
    join flats f on f.municipality_id = s.municipality_id and f.id = s.flat_id
    join landlords l on l.municipality_id = s.municipality_id and l.id = s.landlord_id
    join households h on h.municipality_id = s.municipality_id and h.id = s.household_id
   where s.municipality_id = municipality and s.id = lease;
  if found then
    call set_search_words(municipality, 'sublease', lease, reference_, hidden);
  end if;
end $$;

create function head_leases_search() returns trigger language plpgsql as $$
begin
  call head_lease_search_words(new.municipality_id, new.id);
  return null;
end $$;
create trigger head_leases_search after insert or update of flat_id, landlord_id on head_leases for each row execute function head_leases_search();
create trigger head_leases_search_drop after delete on head_leases for each row execute function drop_search_words('headLease');

create function subleases_search() returns trigger language plpgsql as $$
begin
  call sublease_search_words(new.municipality_id, new.id);
  return null;
end $$;
create trigger subleases_search after insert or update of flat_id, landlord_id, household_id on subleases
  for each row execute function subleases_search();
create trigger subleases_search_drop after delete on subleases for each row execute function drop_search_words('sublease');

create function flats_leases_search() returns trigger language plpgsql as $$
declare
  one uuid;
begin
  for one in select id from head_leases where municipality_id = new.municipality_id and flat_id = new.id loop
    call head_lease_search_words(new.municipality_id, one);
  end loop;
  for one in select id from subleases where municipality_id = new.municipality_id and flat_id = new.id loop
    call sublease_search_words(new.municipality_id, one);
  end loop;
  return null;
end $$;
create trigger flats_leases_search after update on flats
  for each row when (old.address is distinct from new.address) execute function flats_leases_search();

-- A landlord has many leases: the words that come and go with its name are changed in a few statements for all of them. A word
-- that has gone may stand in an address or a name too, so leases that have it from there get theirs anew.
create function landlords_leases_search() returns trigger language plpgsql as $$
declare
  gone text[] := array(select search_words_of(old.name) except select search_words_of(new.name));
  one uuid;
begin
  delete from search_words w
   where w.municipality_id = new.municipality_id and w.resource = 'headLease' and w.word = any (gone)
     and w.record_id in (select h.id from head_leases h where h.municipality_id = new.municipality_id and h.landlord_id = new.id);
  delete from search_words w
   where w.municipality_id = new.municipality_id and w.resource = 'sublease' and w.word = any (gone) and not w.open
     and w.record_id in (select s.id from subleases s where s.municipality_id = new.municipality_id and s.landlord_id = new.id);
  insert into search_words (municipality_id, resource, record_id, word, open)
  select new.municipality_id, 'headLease', h.id, word, true
    from head_leases h, search_words_of(new.name) as word
   where h.municipality_id = new.municipality_id and h.landlord_id = new.id
  on conflict do nothing;
  insert into search_words (municipality_id, resource, record_id, word, open)
  select new.municipality_id, 'sublease', s.id, word, false
    from subleases s, search_words_of(new.name) as word
   where s.municipality_id = new.municipality_id and s.landlord_id = new.id
  on conflict do nothing;
  for one in
    select h.id from head_leases h
     where h.municipality_id = new.municipality_id and h.landlord_id = new.id
       and (select array_agg(w) from search_words_of(h.reference || ' ' || (select f.address from flats f where f.municipality_id = h.municipality_id and f.id = h.flat_id)) as w) && gone
  loop
    call head_lease_search_words(new.municipality_id, one);
  end loop;
  for one in
    select s.id from subleases s
     where s.municipality_id = new.municipality_id and s.landlord_id = new.id
       and (s.protected or exists (
         select from search_words w
          where w.municipality_id = s.municipality_id and w.word = any (gone)
            and (w.resource, w.record_id) in (('flat', s.flat_id), ('household', s.household_id))))
  loop
    call sublease_search_words(new.municipality_id, one);
  end loop;
  return null;
end $$;
create trigger landlords_leases_search after update on landlords
  for each row when (old.name is distinct from new.name) execute function landlords_leases_search();

create procedure household_leases_search_words(municipality uuid, household uuid)
  language plpgsql as $$
declare
  one uuid;
begin
  for one in select s.id from subleases s where s.municipality_id = municipality and s.household_id = household loop
    call sublease_search_words(municipality, one);
  end loop;
end $$;

create function households_leases_search() returns trigger language plpgsql as $$
begin
  call household_leases_search_words(new.municipality_id, new.id);
  return null;
end $$;
create trigger households_leases_search after update on households
  for each row when (old.name is distinct from new.name) execute function households_leases_search();

create function household_members_leases_search() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    call household_leases_search_words(old.municipality_id, old.household_id);
  end if;
  if tg_op <> 'DELETE' then
    call household_leases_search_words(new.municipality_id, new.household_id);
  end if;
  return null;
end $$;
create trigger household_members_leases_search after insert or delete or update of person_id, household_id on household_members
  for each row execute function household_members_leases_search();

create function persons_leases_search() returns trigger language plpgsql as $$
declare
  one uuid;
begin
  for one in
    select s.id from subleases s
     where s.municipality_id = new.municipality_id
       and (s.household_id in (select m.household_id from household_members m where m.municipality_id = new.municipality_id and m.person_id = new.id)
         or s.id in (select t.sublease_id from sublease_tenants t where t.municipality_id = new.municipality_id and t.person_id = new.id))
  loop
    call sublease_search_words(new.municipality_id, one);
  end loop;
  return null;
end $$;
create trigger persons_leases_search after update on persons
  for each row when (old.first_names is distinct from new.first_names or old.last_name is distinct from new.last_name)
  execute function persons_leases_search();

create function sublease_tenants_search() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    call sublease_search_words(old.municipality_id, old.sublease_id);
  else
    call sublease_search_words(new.municipality_id, new.sublease_id);
  end if;
  return null;
end $$;
create trigger sublease_tenants_search after insert or delete on sublease_tenants for each row execute function sublease_tenants_search();
