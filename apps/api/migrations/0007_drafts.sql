-- What somebody has typed into a form and not saved: the writer's alone, sealed (platform/field-crypto.ts), for 30 days.
-- No record yet: it is in no history and in no list of anybody else, and nothing is found by it.
create table drafts (
  municipality_id uuid not null,
  user_id uuid not null,
  -- which form of which record: flat:new, landlord:<id>
  form text not null,
  values_sealed text not null,
  updated_at timestamptz not null,
  primary key (municipality_id, user_id, form),
  foreign key (municipality_id, user_id) references users (municipality_id, id)
);
call protect_table('drafts');
create index drafts_updated on drafts (municipality_id, updated_at);
