-- Empty times of flats with their reason and who pays; settings of a municipality.

create table vacancies (
  municipality_id uuid not null references municipalities,
  id uuid not null,
  version int not null default 1,
  flat_id uuid not null,
  starts_on date not null,
  -- null: until the flat is let or the head lease ends
  ends_on date,
  reason text not null,
  born_by text not null,
  -- what directs named people to the home: what a 64 § claim is proven by (681/2023)
  decision text,
  note text,
  -- written by triggers: the days that the flat is empty for this reason
  span daterange not null,
  last_on date generated always as (upper(span) - 1) stored,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, id),
  constraint vacancies_flat foreign key (municipality_id, flat_id) references flats (municipality_id, id),
  constraint vacancies_days check (ends_on >= starts_on),
  constraint vacancies_span check (not isempty(span)),
  constraint vacancies_overlap exclude using gist (municipality_id with =, flat_id with =, span with &&)
);
call protect_table('vacancies');
create trigger vacancies_version before update on vacancies for each row execute function bump_version();
create index vacancies_starts_on on vacancies (municipality_id, starts_on, id);
create index vacancies_last_on on vacancies (municipality_id, last_on, id);
create index vacancies_flat_id on vacancies (municipality_id, flat_id, starts_on, id);
create index vacancies_updated on vacancies (municipality_id, updated_at);

-- The days of a vacancy are settled before it is written, under the lock of the flat's row. A whole flat that is let (signed or
-- active: a draft holds days, but nobody lives by it) is not empty. An open vacancy ends where the next household's lease begins.
create function vacancies_settle() returns trigger language plpgsql as $$
declare
  own daterange;
  next_let date;
  held_until date;
begin
  if new.ends_on < new.starts_on then perform refuse('vacancies_days', tg_table_name); end if;
  perform lock_flats(new.municipality_id, new.flat_id);
  own := daterange(new.starts_on, coalesce(new.ends_on, new.starts_on), '[]');
  if exists (
    select from subleases s
     where s.municipality_id = new.municipality_id and s.flat_id = new.flat_id and s.scope = 'wholeFlat' and s.status <> 'draft' and s.span && own)
  then
    perform refuse(case tg_argv[0] when 'touch' then 'subleases_vacancy' else 'vacancies_flat_let' end, tg_table_name);
  end if;
  select min(lower(s.span)) into next_let
    from subleases s
   where s.municipality_id = new.municipality_id and s.flat_id = new.flat_id and s.scope = 'wholeFlat' and s.status <> 'draft'
     and lower(s.span) > new.starts_on;
  select upper(h.span) into held_until
    from head_leases h
   where h.municipality_id = new.municipality_id and h.flat_id = new.flat_id and h.status <> 'draft' and h.span @> new.starts_on;
  if tg_argv[0] = 'write' and (not found or new.ends_on >= held_until) then perform refuse('vacancies_outside_head_lease', tg_table_name); end if;
  new.span := daterange(new.starts_on, least(new.ends_on + 1, next_let, held_until));
  if tg_argv[0] = 'touch' and new.span = old.span then return null; end if;
  return new;
end $$;
create trigger vacancies_settle before insert or update of flat_id, starts_on, ends_on on vacancies
  for each row execute function vacancies_settle('write');
create trigger vacancies_settle_again before update of span on vacancies for each row execute function vacancies_settle('touch');

-- A vacancy with the instant of a masked lease would tell which home it is of: it keeps its own.
create procedure settle_vacancies(municipality uuid, flat uuid, from_day date, at timestamptz)
  language plpgsql as $$
begin
  update vacancies v
     set span = v.span, updated_at = greatest(v.updated_at, coalesce(at, v.updated_at))
   where v.municipality_id = municipality and v.flat_id = flat and (v.last_on is null or v.last_on >= from_day - 1);
end $$;

create function subleases_vacancies() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.scope = 'wholeFlat' and old.status <> 'draft' then
    call settle_vacancies(old.municipality_id, old.flat_id, lower(old.span), case when not old.protected then old.updated_at end);
  end if;
  if tg_op <> 'DELETE' and new.scope = 'wholeFlat' and new.status <> 'draft' then
    call settle_vacancies(new.municipality_id, new.flat_id, lower(new.span), case when not new.protected then new.updated_at end);
  end if;
  return null;
end $$;
create trigger subleases_vacancies after insert or update of status, span, flat_id, scope, starts_on, agreed_ends_on, ended_on, short_run
  on subleases for each row execute function subleases_vacancies();
create trigger subleases_vacancies_drop after delete on subleases for each row execute function subleases_vacancies();

create function head_leases_vacancies() returns trigger language plpgsql as $$
begin
  if old.status is distinct from new.status or old.span is distinct from new.span then
    call settle_vacancies(new.municipality_id, new.flat_id, lower(new.span), new.updated_at);
  end if;
  return null;
end $$;
create trigger head_leases_vacancies after update on head_leases for each row execute function head_leases_vacancies();

-- What a municipality decides for itself; a column that is null takes the product's default. A row comes with the first change.
create table settings (
  municipality_id uuid primary key references municipalities,
  version int not null default 1,
  placement_weights jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
call protect_table('settings', 'select, insert, update');
create trigger settings_version before update on settings for each row execute function bump_version();

-- Who may be the person that is about to be added: by the year of birth.
create index persons_birth_date on persons (municipality_id, birth_date, id);
