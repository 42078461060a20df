-- Sessions end with what they stood on, whoever changes it and by whatever way (AU-08): the token carries roles and
-- landlord, and the transaction looks at the session only.

alter table users add column password_set_at timestamptz;

create function end_sessions_of_user() returns trigger language plpgsql as $$
begin
  update sessions set ended_at = new.updated_at, end_reason = 'userChanged'
   where municipality_id = new.municipality_id and user_id = new.id and ended_at is null;
  return null;
end $$;
create trigger users_end_sessions after update on users for each row
  when (old.disabled_at is distinct from new.disabled_at
     or old.roles is distinct from new.roles
     or old.landlord_id is distinct from new.landlord_id
     or old.password_set_at is distinct from new.password_set_at
     or old.email_hash is distinct from new.email_hash)
  execute function end_sessions_of_user();

-- The log is read newest first, whole or by who did it.
create index audit_entries_at on audit_entries (municipality_id, at, id);
create index audit_entries_actor on audit_entries (municipality_id, actor_id, at, id);

create index refresh_tokens_session on refresh_tokens (municipality_id, session_id);
create index api_client_secrets_client on api_client_secrets (municipality_id, api_client_id);
create index throttles_age on throttles (last_failed_at);
