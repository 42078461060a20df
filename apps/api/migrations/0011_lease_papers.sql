-- Where the signed contract is kept, in the city's own words. The flat's landlord does not see it.
alter table head_leases add column paper_location text;
alter table subleases add column paper_location text;
