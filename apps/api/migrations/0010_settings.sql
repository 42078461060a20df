-- More that a municipality decides for itself: rent ceilings by the number of persons, whom landlords call, and a notice to them.
alter table settings
  add column rent_ceilings jsonb,
  add column city_contact jsonb,
  add column landlord_notice jsonb;

-- Whoever reads the log looks for one kind of act, or for all that was done to one kind of record.
create index audit_entries_action on audit_entries (municipality_id, action, at, id);
create index audit_entries_resource on audit_entries (municipality_id, resource, at, id);
