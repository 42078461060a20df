-- A head lease does not end under subleases that go on. Taking an extension back ends nothing: a sublease without a last day of its
-- own went on by the extension alone and ends with the head lease again (78 §); one agreed beyond that day still stops it.
-- `steps` remembers extensions too: [{ step: 'extend', on, term, agreedEndsOn, earlierEnds, endedOn, endReason }].
create or replace function head_leases_settled() returns trigger language plpgsql as $$
declare
  taken_back boolean := tg_op = 'UPDATE'
    and old.steps -> -1 ->> 'step' is not distinct from 'extend' and jsonb_array_length(new.steps) < jsonb_array_length(old.steps);
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
    if exists (
      select from subleases s
       where s.municipality_id = new.municipality_id and s.head_lease_id = new.id and not s.span <@ new.span
         and (not taken_back or s.starts_on > new.last_on or s.ends_on > new.last_on))
    then
      perform refuse('head_leases_sublease_lives_on', tg_table_name);
    end if;
    -- A masked lease with the instant of a head lease would tell which home it is.
    update subleases s
       set short_run = s.short_run, updated_at = case when s.protected then s.updated_at else greatest(s.updated_at, new.updated_at) end
     where s.municipality_id = new.municipality_id and s.head_lease_id = new.id;
  end if;
  return null;
end $$;
