-- Area → building → flat → room → place. A flat is let by one landlord; what a landlord sees of the rest follows from it.

-- Words of one record, all at once: `open` may be found by everyone who may find the record, the others only by who may
-- join a person and a home.
create procedure set_search_words(municipality uuid, resource_ text, record uuid, open_text text, hidden_text text default '')
  language plpgsql as $$
begin
  delete from search_words where municipality_id = municipality and resource = resource_ and record_id = record;
  insert into search_words (municipality_id, resource, record_id, word, open)
  select municipality, resource_, record, w.word, bool_or(w.open)
  from (select word, true as open from search_words_of(open_text) as word
        union all select word, false from search_words_of(hidden_text) as word) as w
  group by w.word;
end $$;

create function drop_search_words() returns trigger language plpgsql as $$
begin
  delete from search_words where municipality_id = old.municipality_id and resource = tg_argv[0] and record_id = old.id;
  return null;
end $$;

create table areas (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint areas_name_unique unique (municipality_id, name)
);
call protect_table('areas');
create trigger areas_version before update on areas for each row execute function bump_version();
create index areas_name on areas (municipality_id, name collate "fi-FI-x-icu", id);
create index areas_updated on areas (municipality_id, updated_at);

create table buildings (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  area_id uuid not null,
  name text,
  -- permanent building id (VTJ-PRT)
  vtj_prt text,
  type text not null,
  street_address text not null,
  postal_code text not null,
  post_office text not null,
  built_year int,
  note text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint buildings_area foreign key (municipality_id, area_id) references areas (municipality_id, id),
  constraint buildings_vtj_prt_unique unique (municipality_id, vtj_prt)
);
call protect_table('buildings');
create trigger buildings_version before update on buildings for each row execute function bump_version();
create index buildings_area_id on buildings (municipality_id, area_id);
create index buildings_street_address on buildings (municipality_id, street_address collate "fi-FI-x-icu", id);
create index buildings_updated on buildings (municipality_id, updated_at);

create table flats (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  reference text not null,
  landlord_id uuid not null,
  building_id uuid not null,
  street_address text not null,
  postal_code text not null,
  post_office text not null,
  -- the three parts of the flat id (128/2010 26 §)
  apartment_letter text,
  apartment_number text,
  apartment_splitter text,
  address text not null generated always as (
    street_address || coalesce(' ' || apartment_letter, '') || coalesce(' ' || apartment_number, '') || coalesce(' ' || apartment_splitter, '')
  ) stored,
  room_count int not null check (room_count > 0),
  square_metres double precision not null check (square_metres > 0),
  floor int,
  lift boolean not null,
  accessibility text[] not null default '{}',
  features text[] not null default '{}',
  max_persons int not null check (max_persons > 0),
  subsidised_rent_rule text not null default 'none',
  note text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint flats_landlord foreign key (municipality_id, landlord_id) references landlords (municipality_id, id),
  constraint flats_building foreign key (municipality_id, building_id) references buildings (municipality_id, id),
  constraint flats_reference_unique unique (municipality_id, reference),
  constraint flats_apartment_unique unique nulls not distinct
    (municipality_id, building_id, street_address, apartment_letter, apartment_number, apartment_splitter),
  constraint flats_apartment_parts check (apartment_splitter is null or apartment_number is not null)
);
call protect_table('flats');
create trigger flats_version before update on flats for each row execute function bump_version();
create index flats_landlord_id on flats (municipality_id, landlord_id);
create index flats_building_id on flats (municipality_id, building_id);
create index flats_address on flats (municipality_id, address collate "fi-FI-x-icu", id);
create index flats_updated on flats (municipality_id, updated_at);

create table rooms (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  flat_id uuid not null,
  name text not null,
  kind text not null,
  square_metres double precision,
  -- labels of what can be let one by one; empty: the room is let whole
  places text[] not null default '{}' check (not ('' = any (places))),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint rooms_flat foreign key (municipality_id, flat_id) references flats (municipality_id, id),
  constraint rooms_name_unique unique (municipality_id, flat_id, name)
);
call protect_table('rooms');
create trigger rooms_version before update on rooms for each row execute function bump_version();
create index rooms_name on rooms (municipality_id, name collate "fi-FI-x-icu", id);
create index rooms_updated on rooms (municipality_id, updated_at);

-- Search: a flat is found by its address, apartment, building and area, so it follows when those are renamed. -------------

create procedure flat_search_words(municipality uuid, flat uuid)
  language plpgsql as $$
declare
  found_by text;
begin
  select concat_ws(' ', f.reference, f.address, f.post_office, b.name, a.name)
    into found_by
    from flats f
    join buildings b on b.municipality_id = f.municipality_id and b.id = f.building_id
    join areas a on a.municipality_id = b.municipality_id and a.id = b.area_id
   where f.municipality_id = municipality and f.id = flat;
  call set_search_words(municipality, 'flat', flat, found_by);
end $$;

create procedure building_search_words(municipality uuid, building uuid)
  language plpgsql as $$
declare
  found_by text;
begin
  select concat_ws(' ', b.name, b.street_address, b.post_office, b.vtj_prt, a.name)
    into found_by
    from buildings b
    join areas a on a.municipality_id = b.municipality_id and a.id = b.area_id
   where b.municipality_id = municipality and b.id = building;
  call set_search_words(municipality, 'building', building, found_by);
end $$;

create function areas_search() returns trigger language plpgsql as $$
declare
  one uuid;
begin
  call set_search_words(new.municipality_id, 'area', new.id, new.name);
  if tg_op = 'UPDATE' then
    for one in select id from buildings where municipality_id = new.municipality_id and area_id = new.id loop
      call building_search_words(new.municipality_id, one);
    end loop;
    for one in
      select f.id from flats f join buildings b on b.municipality_id = f.municipality_id and b.id = f.building_id
       where b.municipality_id = new.municipality_id and b.area_id = new.id
    loop
      call flat_search_words(new.municipality_id, one);
    end loop;
  end if;
  return null;
end $$;
create trigger areas_search after insert or update of name on areas for each row execute function areas_search();
create trigger areas_search_drop after delete on areas for each row execute function drop_search_words('area');

create function buildings_search() returns trigger language plpgsql as $$
declare
  one uuid;
begin
  call building_search_words(new.municipality_id, new.id);
  if tg_op = 'UPDATE' then
    for one in select id from flats where municipality_id = new.municipality_id and building_id = new.id loop
      call flat_search_words(new.municipality_id, one);
    end loop;
  end if;
  return null;
end $$;
create trigger buildings_search after insert or update of name, street_address, post_office, vtj_prt, area_id on buildings
  for each row execute function buildings_search();
create trigger buildings_search_drop after delete on buildings for each row execute function drop_search_words('building');

create function flats_search() returns trigger language plpgsql as $$
begin
  call flat_search_words(new.municipality_id, new.id);
  return null;
end $$;
create trigger flats_search
  after insert or update of street_address, post_office, apartment_letter, apartment_number, apartment_splitter, building_id on flats
  for each row execute function flats_search();
create trigger flats_search_drop after delete on flats for each row execute function drop_search_words('flat');

create function rooms_search() returns trigger language plpgsql as $$
begin
  call set_search_words(new.municipality_id, 'room', new.id, new.name);
  return null;
end $$;
create trigger rooms_search after insert or update of name on rooms for each row execute function rooms_search();
create trigger rooms_search_drop after delete on rooms for each row execute function drop_search_words('room');
