-- What administrators do with accounts and what people do with their own: last days, invitations and resets by letter, sessions.

alter table users add column ends_on date;

-- A device and where it is, for the person to know its sessions by.
alter table sessions add column device text;
alter table sessions add column source_address text;
create index sessions_of_user on sessions (municipality_id, user_id);

alter table one_time_links drop constraint one_time_links_purpose_check;
alter table one_time_links add constraint one_time_links_purpose check (purpose in ('firstAdministrator', 'invitation', 'passwordReset'));
create index one_time_links_user on one_time_links (municipality_id, user_id);

-- Whoever changes the own password keeps the session in which that is done: `app.kept_session` names it.
create or replace function end_sessions_of_user() returns trigger language plpgsql as $$
begin
  update sessions set ended_at = new.updated_at, end_reason = 'userChanged'
   where municipality_id = new.municipality_id and user_id = new.id and ended_at is null
     and id is distinct from nullif(current_setting('app.kept_session', true), '')::uuid;
  return null;
end $$;

create trigger users_end_sessions_at_last_day after update of ends_on on users for each row
  when (old.ends_on is distinct from new.ends_on)
  execute function end_sessions_of_user();

-- Found by name and address, the address also by its parts.
create function users_search() returns trigger language plpgsql as $$
begin
  delete from search_words where municipality_id = coalesce(new.municipality_id, old.municipality_id)
    and resource = 'user' and record_id = coalesce(new.id, old.id);
  if tg_op <> 'DELETE' then
    insert into search_words (municipality_id, resource, record_id, word)
    select new.municipality_id, 'user', new.id, word
    from search_words_of(concat_ws(' ', new.name, new.email::text)) as word;
  end if;
  return null;
end $$;
create trigger users_search after insert or delete or update of name, email on users
  for each row execute function users_search();

create index users_name on users (municipality_id, name collate "fi-FI-x-icu", id);
create index users_landlord on users (municipality_id, landlord_id) where landlord_id is not null;

-- When a client was used is no change of it; what it may is.
alter table api_clients add column updated_at timestamptz;
create trigger api_clients_version before update on api_clients for each row
  when (old.name is distinct from new.name
     or old.scopes is distinct from new.scopes
     or old.landlord_id is distinct from new.landlord_id
     or old.revoked_at is distinct from new.revoked_at)
  execute function bump_version();

create function api_clients_search() returns trigger language plpgsql as $$
begin
  delete from search_words where municipality_id = coalesce(new.municipality_id, old.municipality_id)
    and resource = 'apiClient' and record_id = coalesce(new.id, old.id);
  if tg_op <> 'DELETE' then
    insert into search_words (municipality_id, resource, record_id, word)
    select new.municipality_id, 'apiClient', new.id, word
    from search_words_of(concat_ws(' ', new.name, new.client_id)) as word;
  end if;
  return null;
end $$;
create trigger api_clients_search after insert or delete or update of name, client_id on api_clients
  for each row execute function api_clients_search();

-- Row level security binds the owner too: the backfill looks past it for as long as it lasts.
alter table users no force row level security;
alter table api_clients no force row level security;
alter table search_words no force row level security;
insert into search_words (municipality_id, resource, record_id, word)
select u.municipality_id, 'user', u.id, word from users u cross join lateral search_words_of(concat_ws(' ', u.name, u.email::text)) as word
union all
select c.municipality_id, 'apiClient', c.id, word from api_clients c cross join lateral search_words_of(concat_ws(' ', c.name, c.client_id)) as word;
alter table users force row level security;
alter table api_clients force row level security;
alter table search_words force row level security;

-- Letters -------------------------------------------------------------------------------------------------
-- To whom and which, never what: the words and the link are made when the letter is sent, and nothing secret waits here.

create table letters (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  primary key (municipality_id, id),
  foreign key (municipality_id, user_id) references users (municipality_id, id),
  constraint letters_kind check (kind in ('invitation', 'passwordReset', 'passwordChanged', 'newDevice'))
);
call protect_table('letters');
create index letters_due on letters (municipality_id, due_at);

-- Somebody forgot the password of an account, or says so: kept for every address alike, known or not, so that
-- nothing tells which of them are accounts (AU-12). The keyed hash of sign_in_directory, until the letters are sent.
create table password_resets (
  email_hash bytea primary key,
  asked_at timestamptz not null
);
grant select, insert, update, delete on password_resets to kotoisa_app;
