create table landlords (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  name text not null,
  business_id text not null,
  nonprofit boolean not null,
  nonprofit_ground text,
  iban text,
  street_address text,
  postal_code text,
  post_office text,
  -- [{ name, role, email, phone, startsOn, endsOn }]
  contacts jsonb not null default '[]',
  note text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint landlords_reference_unique unique (municipality_id, reference),
  constraint landlords_business_id_unique unique (municipality_id, business_id),
  constraint landlords_nonprofit_ground check (nonprofit or nonprofit_ground is null)
);
call protect_table('landlords');
create trigger landlords_version before update on landlords for each row execute function bump_version();
create index landlords_name on landlords (municipality_id, name collate "fi-FI-x-icu", id);
create index landlords_updated on landlords (municipality_id, updated_at);

alter table users add constraint users_landlord foreign key (municipality_id, landlord_id) references landlords (municipality_id, id);
alter table api_clients add constraint api_clients_landlord foreign key (municipality_id, landlord_id) references landlords (municipality_id, id);

create function landlords_search() returns trigger language plpgsql as $$
begin
  delete from search_words where municipality_id = coalesce(new.municipality_id, old.municipality_id)
    and resource = 'landlord' and record_id = coalesce(new.id, old.id);
  if tg_op <> 'DELETE' then
    insert into search_words (municipality_id, resource, record_id, word)
    select new.municipality_id, 'landlord', new.id, word
    from search_words_of(concat_ws(' ', new.name, new.reference, new.business_id)) as word;
  end if;
  return null;
end $$;
create trigger landlords_search after insert or delete or update of name, business_id on landlords
  for each row execute function landlords_search();
