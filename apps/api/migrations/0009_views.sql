-- Order of addresses: Finnish letters, numbers by their value (Esimerkkikatu 8 before Esimerkkikatu 15).
create collation finnish_by_number (provider = icu, locale = 'fi-FI-u-kn-true');

create index flats_address_by_number on flats (municipality_id, address collate finnish_by_number, id);
create index buildings_street_address_by_number on buildings (municipality_id, street_address collate finnish_by_number, id);
create index areas_name_by_number on areas (municipality_id, name collate finnish_by_number, id);
create index rooms_name_by_number on rooms (municipality_id, name collate finnish_by_number, id);
drop index flats_address, buildings_street_address, areas_name, rooms_name;

-- How somebody looks at a list. A preference of one person: nobody else reads it, and a landlord's people have their own.
create table views (
  municipality_id uuid not null,
  id uuid not null,
  version int not null default 1,
  user_id uuid not null,
  list text not null,
  -- Null: how its owner always wants the list.
  name text,
  query text not null,
  sort text,
  columns text[],
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, user_id) references users (municipality_id, id),
  constraint views_name_unique unique nulls not distinct (municipality_id, user_id, list, name)
);
call protect_table('views');
create trigger views_version before update on views for each row execute function bump_version();
