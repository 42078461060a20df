-- What every municipality's data stands on: roles' rights, the context of a transaction, access, audit, outbox.
-- Roles (kotoisa_app, kotoisa_login, kotoisa_read) are made before the migrations, see platform/migrate.ts.

create extension if not exists btree_gist;
create extension if not exists citext;

create table installation (
  key text primary key,
  value text not null
);

create table municipalities (
  id uuid primary key,
  code text not null unique check (code ~ '^[0-9]{3}$'),
  name text not null,
  created_at timestamptz not null default now()
);

-- The municipality of this transaction, null when none is set: then no row of any municipality is visible.
create function app_municipality() returns uuid
  language sql stable parallel safe
  set search_path = pg_catalog
  return nullif(current_setting('app.municipality', true), '')::uuid;

-- Gives a municipal table its walls: row level security that binds the owner too, and the runtime's rights.
create procedure protect_table(target regclass, rights text default 'select, insert, update, delete')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy municipality on %s to kotoisa_app, kotoisa_read using (municipality_id = (select app_municipality())) with check (municipality_id = (select app_municipality()))',
    target);
  execute format('grant %s on %s to kotoisa_app', rights, target);
  execute format('grant select on %s to kotoisa_read', target);
end $$;

-- Versions count changes of a row: If-Match compares them.
create function bump_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;

-- Numbers that people quote run per municipality, kind and year: S-2026-00123.
create table reference_counters (
  municipality_id uuid not null references municipalities,
  kind text not null,
  year int not null,
  last int not null,
  primary key (municipality_id, kind, year)
);
call protect_table('reference_counters', 'select, insert, update');

create function next_reference(kind_ text, prefix text, year_ int) returns text
  language sql volatile as $$
  insert into reference_counters as c (municipality_id, kind, year, last)
  values (app_municipality(), kind_, year_, 1)
  on conflict (municipality_id, kind, year) do update set last = c.last + 1
  returning prefix || '-' || year_ || '-' || lpad(last::text, 5, '0')
$$;

-- Access ---------------------------------------------------------------------------------------------------

create table users (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  email citext not null,
  email_hash bytea not null,
  name text not null,
  password_hash text,
  roles text[] not null check (cardinality(roles) > 0),
  landlord_id uuid,
  locale text not null default 'fi',
  disabled_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint users_landlord_alone check (not ('landlord' = any (roles)) or (cardinality(roles) = 1 and landlord_id is not null))
);
call protect_table('users');
create trigger users_version before update on users for each row execute function bump_version();

create table sessions (
  municipality_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (municipality_id, id),
  foreign key (municipality_id, user_id) references users (municipality_id, id)
);
call protect_table('sessions');
create index sessions_user on sessions (municipality_id, user_id) where ended_at is null;

create table refresh_tokens (
  municipality_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, session_id) references sessions (municipality_id, id)
);
call protect_table('refresh_tokens');

create table api_clients (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  client_id text not null,
  client_id_hash bytea not null,
  name text not null,
  scopes text[] not null,
  landlord_id uuid,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  primary key (municipality_id, id),
  -- Limited to a landlord, a program reads what that landlord sees.
  constraint api_clients_landlord_reads check (landlord_id is null or (scopes::text not like '%:write%' and not 'protected:read' = any (scopes)))
);
call protect_table('api_clients');

create table api_client_secrets (
  municipality_id uuid not null,
  id uuid not null,
  api_client_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, api_client_id) references api_clients (municipality_id, id)
);
call protect_table('api_client_secrets');

-- One-time links (first administrator; invitations and resets later).
create table one_time_links (
  municipality_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  purpose text not null check (purpose in ('firstAdministrator')),
  token_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, user_id) references users (municipality_id, id)
);
call protect_table('one_time_links');

-- Finds the municipality of somebody who is not signed in yet: keyed hash of an address, client id, refresh
-- token or one-time link → municipality and id. Nobody reads it but sign_in_lookup, with the exact hash.
create table sign_in_directory (
  kind text not null check (kind in ('user', 'client', 'refresh', 'link')),
  hash bytea not null,
  municipality_id uuid not null,
  subject_id uuid not null,
  primary key (kind, hash)
);

create function sign_in_lookup(kind_ text, hash_ bytea) returns table (municipality_id uuid, subject_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, public
  as $$ select d.municipality_id, d.subject_id from public.sign_in_directory d where d.kind = kind_ and d.hash = hash_ $$;

create function sign_in_directory_write() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public
  as $$
declare
  kind_ text := tg_argv[0];
  hash_column text := tg_argv[1];
begin
  if tg_op in ('UPDATE', 'DELETE') then
    delete from public.sign_in_directory d
     where d.kind = kind_ and d.municipality_id = old.municipality_id and d.subject_id = old.id;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into public.sign_in_directory (kind, hash, municipality_id, subject_id)
    values (kind_, (to_jsonb(new) ->> hash_column)::bytea, new.municipality_id, new.id);
  end if;
  return null;
end $$;

create trigger users_directory after insert or delete or update of email_hash on users
  for each row execute function sign_in_directory_write('user', 'email_hash');
create trigger api_clients_directory after insert or delete or update of client_id_hash on api_clients
  for each row execute function sign_in_directory_write('client', 'client_id_hash');
create trigger refresh_tokens_directory after insert or delete or update of token_hash on refresh_tokens
  for each row execute function sign_in_directory_write('refresh', 'token_hash');
create trigger one_time_links_directory after insert or delete or update of token_hash on one_time_links
  for each row execute function sign_in_directory_write('link', 'token_hash');
create index sign_in_directory_subject on sign_in_directory (municipality_id, subject_id);

-- Failed sign-ins, by keyed hash of the account or the address asked from; shared by all processes.
create table throttles (
  key bytea primary key,
  failures int not null,
  blocked_until timestamptz,
  last_failed_at timestamptz not null
);
grant select, insert, update, delete on throttles to kotoisa_app;

-- Context --------------------------------------------------------------------------------------------------
-- One statement opens a transaction: municipality, role, and a living session or client, or it raises and
-- everything sent behind it fails too. Security invoker: the login role owns nothing and inherits nothing.

create function open_as_person(municipality uuid, session uuid, at timestamptz) returns void
  language plpgsql security invoker
  set search_path = pg_catalog, public
  as $$
begin
  perform set_config('app.municipality', municipality::text, true);
  perform set_config('role', 'kotoisa_app', true);
  perform 1 from public.sessions s
    where s.municipality_id = municipality and s.id = session and s.ended_at is null and s.expires_at > at;
  if not found then
    raise exception 'session ended' using errcode = 'KT401';
  end if;
end $$;

create function open_as_client(municipality uuid, client uuid, at timestamptz) returns void
  language plpgsql security invoker
  set search_path = pg_catalog, public
  as $$
begin
  perform set_config('app.municipality', municipality::text, true);
  perform set_config('role', 'kotoisa_app', true);
  perform 1 from public.api_clients c
    where c.municipality_id = municipality and c.id = client and c.revoked_at is null;
  if not found then
    raise exception 'client revoked' using errcode = 'KT401';
  end if;
end $$;

-- For signing in, which has no session yet, and for jobs and commands run by hand.
create function open_as_system(municipality uuid) returns void
  language plpgsql security invoker
  set search_path = pg_catalog, public
  as $$
begin
  perform set_config('app.municipality', municipality::text, true);
  perform set_config('role', 'kotoisa_app', true);
end $$;

-- Audit, idempotency, outbox ------------------------------------------------------------------------------

create table audit_entries (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text,
  resource text not null,
  record_id uuid,
  reason text,
  request_id text,
  source_address text,
  -- [{ field, before, after }]; values of sensitive fields are encrypted or hashed
  changes jsonb not null default '[]',
  primary key (municipality_id, id)
);
call protect_table('audit_entries', 'select, insert');
create index audit_entries_record on audit_entries (municipality_id, resource, record_id, id);

create table idempotency_keys (
  municipality_id uuid not null references municipalities,
  principal_id uuid not null,
  operation text not null,
  key_hash bytea not null,
  request_hash bytea not null,
  record_id uuid,
  status int not null,
  -- encrypted: headers and body of the answer
  response bytea not null,
  created_at timestamptz not null,
  primary key (municipality_id, principal_id, operation, key_hash)
);
call protect_table('idempotency_keys', 'select, insert, delete');
create index idempotency_keys_created on idempotency_keys (municipality_id, created_at);

-- Effects outside the database, written with the change that causes them.
create table outbox (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  sequence bigint generated always as identity,
  at timestamptz not null,
  type text not null,
  resource text not null,
  record_id uuid not null,
  delivered_at timestamptz,
  primary key (municipality_id, id)
);
call protect_table('outbox', 'select, insert, update');
grant usage on sequence outbox_sequence_seq to kotoisa_app;

-- Search ---------------------------------------------------------------------------------------------------
-- Words of a record, normalised; a prefix range over them is leakproof and keeps its index under the policy. A reference is
-- a word as a whole too, so that K-2026-00012 does not find what only has the same number.
-- open: may be found by everyone who may find the record; the others only by who may join a person and a home.

create function search_words_of(value text) returns setof text
  language sql immutable parallel safe
  set search_path = pg_catalog
  as $$
  select distinct left(word, 60)
  from regexp_replace(lower(normalize(coalesce(value, ''), NFKD)), '[̀-ͯ]', '', 'g') as plain
  cross join lateral (
    select regexp_split_to_table(plain, '[^[:alnum:]]+')
    union all
    select one from regexp_split_to_table(plain, '[^[:alnum:]-]+') as one where one ~ '^[[:alpha:]]{1,3}-[0-9]{4}-[0-9]+$'
  ) as words (word)
  where word <> ''
$$;

create table search_words (
  municipality_id uuid not null references municipalities,
  resource text not null,
  record_id uuid not null,
  word text collate "C" not null,
  open boolean not null default true,
  primary key (municipality_id, resource, record_id, word)
);
call protect_table('search_words');
create index search_words_word on search_words (municipality_id, resource, word, record_id, open);

grant usage on schema public to kotoisa_login, kotoisa_app, kotoisa_read;
grant select on municipalities, installation to kotoisa_app, kotoisa_login, kotoisa_read;
revoke execute on function sign_in_lookup(text, bytea) from public;
grant execute on function sign_in_lookup(text, bytea) to kotoisa_login;
grant execute on all functions in schema public to kotoisa_app;
revoke execute on function sign_in_lookup(text, bytea) from kotoisa_app;
grant execute on function open_as_person(uuid, uuid, timestamptz), open_as_client(uuid, uuid, timestamptz), open_as_system(uuid) to kotoisa_login;
