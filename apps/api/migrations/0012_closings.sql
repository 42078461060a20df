-- Who closed an account: what the city has closed, a landlord's organisation does not open again.
alter table users add column disabled_by_landlord boolean not null default false;
-- The owner's own rules bind this once, or the update would find nobody.
alter table users no force row level security;
alter table audit_entries no force row level security;
update users u set disabled_by_landlord = true
where u.disabled_at is not null and 'landlord' = (
  select e.actor_kind from audit_entries e
  where e.municipality_id = u.municipality_id and e.record_id = u.id and e.action = 'user.disabled'
  order by e.at desc limit 1);
alter table users force row level security;
alter table audit_entries force row level security;

-- Somebody was to be invited whose address has an account elsewhere: its owner is told, the inviting organisation is not.
alter table letters drop constraint letters_kind;
alter table letters add constraint letters_kind
  check (kind in ('invitation', 'passwordReset', 'passwordChanged', 'newDevice', 'invitedElsewhere'));

-- The days of a vacancy are settled anew when leases of its flat change, those of masked leases too: such a change of the span
-- alone is no version, or its tag would tell which home a masked lease is of.
drop trigger vacancies_version on vacancies;
create trigger vacancies_version before update on vacancies for each row
  when ((old.starts_on, old.ends_on, old.reason, old.born_by, old.decision, old.note, old.updated_at)
      is distinct from (new.starts_on, new.ends_on, new.reason, new.born_by, new.decision, new.note, new.updated_at)
    or old.span is not distinct from new.span)
  execute function bump_version();

-- A name without what differs between spellings of one name, as `nameKey` of the domain finds it: possible duplicates are narrowed
-- by it here, so that however many people were born in a year none is left out.
create function person_name_key(name text) returns text
  language sql immutable parallel safe
  set search_path = pg_catalog
  as $$
  select regexp_replace(
    regexp_replace(regexp_replace(lower(normalize(name, NFKD)), '[^[:alpha:]]', '', 'g'), '(?<=.)[aeiouyäöå]', '', 'g'),
    '(.)\1+', '\1', 'g')
$$;
create index persons_name_key on persons (municipality_id, person_name_key(last_name));
