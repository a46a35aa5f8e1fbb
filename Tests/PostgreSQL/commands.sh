#!/usr/bin/env bash
# A catalogue on PostgreSQL, as its commands see it: it moves there and back with its history, answers
# as before, is taken in by many at once, kept and put back, and no password shows.
#
#     Tests/PostgreSQL/commands.sh PROGRAM
set -euo pipefail
program=$(realpath "${1:?name the leerwijzer program}")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/server.sh"
source "$here/catalogue.sh"

work=$(mktemp -d)
chmod 755 "$work"
finish() {
    # Of what is stopped here nothing need be told.
    exec 2>/dev/null
    pg_stop "$work/data"
    wait
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "commands: $1" >&2
    exit 1
}
done_with() { echo "ok  $1"; }

port=$(free_port)
pg_new "$work/data"
pg_start "$work/data" "$port" fsync=off
sql() { psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$@"; }
admin="postgres://postgres@127.0.0.1:$port/postgres"
address() { echo "postgres://postgres@127.0.0.1:$port/$1"; }
new_database() {
    PGOPTIONS="-c client_min_messages=warning" sql "$admin" --command "DROP DATABASE IF EXISTS $1 (FORCE)" --command "CREATE DATABASE $1"
}
run() { "$program" "$@" --today 2026-11-24 --lang en; }

# What a catalogue answers: its courses as a feed, a search, and what became of a course.
answers() {
    run publish --as xcri-cap "$@" 2>/dev/null | sed 's/generated="[^"]*"//'
    run search --limit 1000 boom --all --format csv "$@"
    run show snoeischaar:snoeischaar:BS-REDDING "$@"
}

# There and back.
cp -r "$here/../../catalog" "$work/sample"
rm -rf "$work/sample/.leerwijzer"
run ingest --catalog "$work/sample" >/dev/null 2>&1
answers --catalog "$work/sample" >"$work/before"
new_database one
run migrate --catalog "$work/sample" --to "$(address one)" >"$work/there" 2>"$work/errors"
grep -q "still read from file" "$work/errors" || fail "migrate does not say where is read from"
answers --catalog "$work/sample" --store "$(address one)" >"$work/after"
cmp "$work/before" "$work/after" || fail "PostgreSQL answers otherwise than the file"
run verify --catalog "$work/sample" --store "$(address one)" >/dev/null
status=0
run migrate --catalog "$work/sample" --to "$(address one)" >/dev/null 2>"$work/errors" || status=$?
((status == 73)) && grep -q "already" "$work/errors" ||
    fail "a catalogue was migrated over another: $status, $(cat "$work/errors")"
cp -r "$work/sample" "$work/other"
rm -rf "$work/other/.leerwijzer"
run migrate --catalog "$work/other" --store "$(address one)" --to file >"$work/back" 2>/dev/null
cmp <(head -n -1 "$work/there") <(head -n -1 "$work/back") || fail "tables differ on the way back"
answers --catalog "$work/other" >"$work/after"
cmp "$work/before" "$work/after" || fail "what came back answers otherwise"
run ingest --catalog "$work/sample" --store "$(address one)" --format json >"$work/again"
python3 - "$work/again" <<'PYTHON'
import json, sys
feeds = json.load(open(sys.argv[1]))["feeds"]
assert feeds and all(set(n for k, n in f["changes"].items() if k != "unchanged") == {0} for f in feeds), feeds
PYTHON
done_with "migrated to PostgreSQL and back: same tables, same answers, and ingested again: no changes"

# Kept and put back without a server.
run backup "$work/kept.tar.gz" --catalog "$work/sample" --store "$(address one)" >/dev/null
run restore "$work/kept.tar.gz" --catalog "$work/restored" >/dev/null
answers --catalog "$work/restored" >"$work/after"
cmp "$work/before" "$work/after" || fail "what was restored answers otherwise"
run verify --catalog "$work/restored" >/dev/null
done_with "kept from PostgreSQL, put back in a file: same answers"

# Many at once: four sources, each by three processes on nodes of their own.
new_database many
for source in 1 2 3 4; do
    for node in a b c; do
        folder=$work/many-$source$node
        new_catalogue "$folder"
        sed -i "s/\"school\"/\"school$source\"/" "$folder/catalog.toml"
        write_feed "$folder" $((20 * source))
    done
done
children=()
for source in 1 2 3 4; do
    for node in a b c; do
        run ingest --catalog "$work/many-$source$node" --store "$(address many)" \
            >"$work/many-$source$node.out" 2>&1 &
        children+=($!)
    done
done
for child in "${children[@]}"; do wait "$child" || fail "an ingest failed: $(cat "$work"/many-*.out)"; done
counts=$(sql "$(address many)" --command "SELECT string_agg(n::text, ' ' ORDER BY n) FROM (
    SELECT count(*) AS n FROM course WHERE state = 0 GROUP BY source) AS counted")
[[ $counts == "20 40 60 80" ]] || fail "courses of each source: $counts"
generations=$(sql "$(address many)" --command \
    "SELECT string_agg(generation::text, ' ' ORDER BY generation) FROM run WHERE generation > 0")
[[ $generations == "1 2 3 4" ]] || fail "generations $generations, not one a source"
[[ $(sql "$(address many)" --command "SELECT count(*) FROM run") == 12 ]] || fail "a run is missing"
run verify --catalog "$work/many-1a" --store "$(address many)" >/dev/null
done_with "12 processes, 4 sources at once: each feed taken in once, 4 generations in order"

# The same treatment for a NUL in an id, which only JSON can say.
cat >"$work/nul.json" <<'JSON'
{"@context": "https://schema.org", "@graph": [
 {"@type": "Course", "@id": "https://school.example/a\u0000b", "name": "Nul \u0000 snoeien",
  "provider": {"@type": "Organization", "name": "School"},
  "hasCourseInstance": [{"@type": "CourseInstance", "startDate": "2027-02-02"}]},
 {"@type": "Course", "@id": "https://school.example/c", "name": "Gewoon snoeien",
  "provider": {"@type": "Organization", "name": "School"}}]}
JSON
new_database nul
new_catalogue "$work/nul"
write_feed "$work/nul" 1
for store in file "$(address nul)"; do
    run ingest "$work/nul.json" --catalog "$work/nul" --store "$store" --format json >"$work/nul.out" ||
        fail "a NUL fails the feed on $store"
    sed "s/\"generation\":[0-9]*//; s/\"milliseconds\":[0-9]*//" "$work/nul.out" >"$work/nul-${store%%:*}.out"
    run search snoeien --format csv --all --catalog "$work/nul" --store "$store" \
        >>"$work/nul-${store%%:*}.out"
done
cmp "$work/nul-file.out" "$work/nul-postgres.out" || fail "a NUL comes to something else on PostgreSQL"
done_with "a feed with NUL in an id comes to the same on both engines"

# Another database at the same address: its generations have the same numbers.
new_database same
new_catalogue "$work/same"
write_feed "$work/same" 3
run search snoeien --catalog "$work/same" --store "$(address same)" --format json >"$work/same.1" 2>/dev/null
new_database same
write_feed "$work/same" 5
run search snoeien --catalog "$work/same" --store "$(address same)" --format json >"$work/same.2" 2>/dev/null
totals=$(for number in 1 2; do
    python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["total"])' "$work/same.$number"
done | xargs)
[[ $totals == "3 5" ]] || fail "the index of another database was taken: $totals"
done_with "another database at the same address gets an index of its own"

# Passwords.
sql "$admin" --command "CREATE ROLE secretive LOGIN PASSWORD 'xyzzy-plugh'" \
    --command "CREATE DATABASE secret OWNER secretive"
sed -i '1i host all secretive 127.0.0.1/32 scram-sha-256' "$work/data/pg_hba.conf"
sql "$admin" --command "SELECT pg_reload_conf()" >/dev/null
guarded="postgres://secretive@127.0.0.1:$port/secret"
status=0
run search snoeien --catalog "$work/same" --store "$guarded" >"$work/refused" 2>&1 </dev/null || status=$?
((status == 69)) || fail "without a password: status $status, $(cat "$work/refused")"
status=0
run search snoeien --catalog "$work/same" --store "${guarded/@/:xyzzy-plugh@}" >>"$work/refused" 2>&1 ||
    status=$?
((status == 64)) || fail "a password in the address: status $status, $(cat "$work/refused")"
echo "127.0.0.1:$port:secret:secretive:xyzzy-plugh" >"$work/pgpass"
chmod 600 "$work/pgpass"
PGPASSFILE=$work/pgpass run search snoeien --catalog "$work/same" --store "$guarded" \
    >"$work/found" 2>>"$work/refused"
run search snoeien --catalog "$work/same" --store "$guarded?passfile=$work/pgpass" \
    >"$work/found" 2>>"$work/refused"
grep -q snoeien "$work/found" || fail "nothing was found with a password"
! grep -rq "xyzzy-plugh" "$work/refused" "$work/found" "$work/same/.leerwijzer" "$work/data.log" ||
    fail "the password shows"
done_with "passwords come from a file, are refused in an address, and show nowhere"
