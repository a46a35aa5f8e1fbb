#!/usr/bin/env bash
# Fail-over: a primary with a replica that commits with it; one process ingests feed after feed, one
# serves. The primary is killed on the way and the replica promoted. Everything that was acknowledged
# must be there, and nothing may have to be done by hand.
#
#     Tests/PostgreSQL/failover.sh PROGRAM
#
# Prints what was acknowledged and lost, how long nothing could be written, and what readers saw.
set -euo pipefail
program=$(realpath "${1:?name the leerwijzer program}")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/server.sh"
source "$here/catalogue.sh"

work=$(mktemp -d)
chmod 755 "$work"
children=()
finish() {
    # Of what is stopped here nothing need be told.
    exec 2>/dev/null
    for child in "${children[@]}"; do kill -KILL "$child" 2>/dev/null || true; done
    pg_stop "$work/primary"
    pg_stop "$work/replica"
    wait
    rm -rf "$work"
}
trap finish EXIT

primary=$(free_port) replica=$(free_port) web=$(free_port)
pg_new "$work/primary"
pg_start "$work/primary" "$primary" wal_level=replica max_wal_senders=5
pg_folder "$work/replica"
pg_run pg_basebackup --pgdata "$work/replica" --write-recovery-conf --checkpoint fast \
    --dbname "host=127.0.0.1 port=$primary user=postgres application_name=replica"
pg_start "$work/replica" "$replica" synchronous_standby_names=
sql() { psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "$2"; }
# From here on nothing is acknowledged that the replica has not flushed.
sql "postgres://postgres@127.0.0.1:$primary/postgres" \
    "ALTER SYSTEM SET synchronous_standby_names = 'replica'"
sql "postgres://postgres@127.0.0.1:$primary/postgres" "SELECT pg_reload_conf()" >/dev/null
until [[ $(sql "postgres://postgres@127.0.0.1:$primary/postgres" \
    "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1 ]]; do sleep 0.2; done

# What both have been named; which of them takes writes is found out.
export LEERWIJZER_STORE="postgres://postgres@127.0.0.1:$primary,127.0.0.1:$replica/postgres"
new_catalogue "$work/writer"
new_catalogue "$work/server"
write_feed "$work/writer" 1
write_feed "$work/server" 1
"$program" ingest --catalog "$work/writer" --today 2026-11-24 >/dev/null 2>&1

"$program" serve --catalog "$work/server" --port "$web" --rate 0 --log warning \
    --today 2026-11-24 2>"$work/serve.log" &
children+=($!)
wait_for "http://127.0.0.1:$web/ready" 120

# Asks without pause, from the index and from the store: time, status and seconds for each.
ask() {
    while true; do
        for path in "/v1/search?q=snoeien" "/v1/courses/school:c1"; do
            echo "$(date +%s.%N) $path $(curl --silent --max-time 30 --output /dev/null \
                --write-out '%{http_code} %{time_total}' "http://127.0.0.1:$web$path")"
        done
        sleep 0.1
    done
}
ask >"$work/asked" 2>/dev/null &
children+=($!)

# Feed n holds courses c1 to cn; the time is noted once it is acknowledged.
feeds=${FEEDS:-12}
: >"$work/acknowledged"
failures=0
killed_at=$((feeds / 3))
for ((number = 2; number <= feeds; number++)); do
    write_feed "$work/writer" "$number"
    if ((number == killed_at)); then
        # In the middle of a feed: the ingest runs while its server dies.
        "$program" ingest --catalog "$work/writer" --today 2026-11-24 \
            >/dev/null 2>"$work/ingest.log" &
        ingest=$!
        sleep "0.$((RANDOM % 10))"
        kill -KILL "$(head -1 "$work/primary/postmaster.pid")"
        date +%s.%N >"$work/killed"
        sleep 1
        pg_run pg_ctl --pgdata "$work/replica" --silent promote
        date +%s.%N >"$work/promoted"
        status=0
        wait "$ingest" || status=$?
    else
        status=0
        "$program" ingest --catalog "$work/writer" --today 2026-11-24 \
            >/dev/null 2>"$work/ingest.log" || status=$?
    fi
    if ((status == 0)); then
        echo "$number $(date +%s.%N)" >>"$work/acknowledged"
    else
        failures=$((failures + 1))
        cat "$work/ingest.log" >&2
    fi
done

# What is there now, and whether the node that serves has followed.
new="postgres://postgres@127.0.0.1:$replica/postgres"
sql "$new" "SELECT id FROM course WHERE state = 0" | sort >"$work/present"
generation=$(sql "$new" "SELECT max(generation) FROM run")
deadline=$((SECONDS + 60))
until curl --silent "http://127.0.0.1:$web/metrics" |
    grep -q "^catalogue_generation $generation\(\.0\)\?$"; do
    ((SECONDS < deadline)) || {
        echo "failover: the server does not follow; generation $generation is there" >&2
        cat "$work/serve.log" >&2
        exit 1
    }
    sleep 0.2
done
served=$(curl --silent "http://127.0.0.1:$web/v1/search?q=snoeien&limit=1" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["total"])')

python3 - "$work" "$failures" "$served" <<'PYTHON'
import sys
work, failures, served = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
read = lambda name: open(f"{work}/{name}").read().splitlines()
acknowledged = [(int(n), float(t)) for n, t in (line.split() for line in read("acknowledged"))]
present = {line.split(":c")[1] for line in read("present")}
killed, promoted = float(read("killed")[0]), float(read("promoted")[0])
asked = [line.split() for line in read("asked") if len(line.split()) == 4]
last = max(number for number, _ in acknowledged)
lost = [number for number in range(1, last + 1) if str(number) not in present]
first = min((time for _, time in acknowledged if time > killed), default=None)
print(f"writes acknowledged       {len(acknowledged)}")
print(f"acknowledged writes lost  {len(lost)}")
print(f"writes refused            {failures}")
print(f"writable again after      {first - killed:.1f} s, {first - promoted:.1f} s after the promotion"
      if first else "never writable again")
for path in ("/v1/search?q=snoeien", "/v1/courses/school:c1"):
    answers = [a for a in asked if a[1] == path]
    failed = [a for a in answers if a[2] != "200"]
    longest = max((float(a[3]) for a in answers), default=0)
    print(f"asked {path:22} {len(answers)}, not answered {len(failed)}, longest {longest:.1f} s")
search = [a for a in asked if a[1].startswith("/v1/search") and a[2] != "200"]
assert not lost, f"lost: {lost}"
assert failures == 0, "an ingest was refused"
assert first, "never writable again"
assert not search, f"what stands in the index was not answered: {search[:3]}"
assert served == last, f"the server finds {served} courses of {last}"
PYTHON
