#!/usr/bin/env bash
# The same coverage, counted by PostgreSQL with PostGIS:
#
#   peer.sh DOCS PLACES WAYS COUNTS
#
# DOCS is a file with a line an offering, of which columns 9 and 10 are latitude and longitude
# (docs.tsv of SearchBenchmark); PLACES holds the gazetteer; WAYS is the list of
# distances that CoverageBenchmark prints; COUNTS gets the lines that it writes, sorted. PGHOST and the like say where the database is; it makes a schema of its own.
set -euo pipefail
docs=$1 places=$2 ways=$3 counts=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -F'\t' -v OFS='\t' '{print NR, $9, $10}' "$docs" >"$work/offerings"
# Each postcode once for each of its four regions.
awk -F'\t' -v OFS='\t' 'FNR == 1 {file++; next}
    file == 1 {regions[$1] = $1 " " $3 " " $4 " " $5; next}
    {count = split(regions[$3], code, " "); for (i = 1; i <= count; i++) print $1, $4, $5, code[i]}' \
    "$places/municipalities.tsv" "$places/postcodes.tsv" >"$work/postcodes"
psql -qv ON_ERROR_STOP=1 <<SQL
create extension if not exists postgis;
drop schema if exists coverage cascade;
create schema coverage;
set search_path = coverage, public;
create table offering (id int, latitude double precision, longitude double precision);
\copy offering from '$work/offerings'
create table postcode (pc4 int, latitude double precision, longitude double precision, region text);
\copy postcode from '$work/postcodes'
alter table offering add column point geography;
update offering set point = ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography;
create index on offering using gist (point);
analyze offering;
-- Great-circle metres that 30 minutes cover, from door to door (see TravelModel).
create table way (name text, metres double precision);
insert into way values $ways;
SQL
echo "== counting"
time psql -qAtF $'\t' -v ON_ERROR_STOP=1 >"$counts" <<SQL
set search_path = coverage, public;
with counted as materialized (
    select p.pc4, w.name, (
        select count(*) from offering o
        where ST_DWithin(
            o.point, ST_SetSRID(ST_MakePoint(p.longitude, p.latitude), 4326)::geography,
            w.metres, false)) as offerings
    from (select distinct pc4, latitude, longitude from postcode) p cross join way w)
select p.region, c.name, round(avg(c.offerings) * 1000)::bigint
from postcode p join counted c using (pc4) group by 1, 2 order by 1, 2;
SQL
LC_ALL=C sort -o "$counts" "$counts"
