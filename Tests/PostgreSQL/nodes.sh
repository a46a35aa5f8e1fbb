#!/usr/bin/env bash
# Many nodes: three processes serve one catalogue out of PostgreSQL behind HAProxy, while feeds come
# in. Each is restarted in turn, none of the requests may fail; a node that cannot follow takes itself
# out and comes back; all give the same answers for the same generation.
#
#     Tests/PostgreSQL/nodes.sh PROGRAM
set -euo pipefail
program=$(realpath "${1:?name the leerwijzer program}")
here=$(cd "$(dirname "$0")" && pwd)
source "$here/server.sh"
source "$here/catalogue.sh"

work=$(mktemp -d)
chmod 755 "$work"
declare -A node
others=()
finish() {
    # Of what is stopped here nothing need be told.
    exec 2>/dev/null
    # At once: nobody waits for an answer any more.
    for child in "${node[@]}" "${others[@]}"; do kill -KILL "$child" 2>/dev/null || true; done
    touch "$work/enough"
    pg_stop "$work/data"
    wait
    rm -rf "$work"
}
trap finish EXIT

database=$(free_port) front=$(free_port)
ports=(0 "$(free_port)" "$(free_port)" "$(free_port)")
pg_new "$work/data"
pg_start "$work/data" "$database" fsync=off
export LEERWIJZER_STORE="postgres://postgres@127.0.0.1:$database/postgres"
new_catalogue "$work/writer"
write_feed "$work/writer" 20
"$program" ingest --catalog "$work/writer" --today 2026-11-24 >/dev/null 2>&1

# start N: node N, with a folder and an index of its own.
start() {
    "$program" serve --catalog "$work/node$1" --port "${ports[$1]}" --rate 0 --proxies 1 \
        --base-url "http://127.0.0.1:$front" --drain-seconds 3 --behind-seconds 4 --log warning \
        --today 2026-11-24 2>>"$work/node$1.log" &
    node[$1]=$!
}
for number in 1 2 3; do
    new_catalogue "$work/node$number"
    start "$number"
done
for number in 1 2 3; do wait_for "http://127.0.0.1:${ports[$number]}/ready" 120; done

# The configuration that is published, with this test's ports.
sed -e "s/maxconn 20000/maxconn 200/" -e "s/127.0.0.1:8000/127.0.0.1:$front/" \
    -e "s/127.0.0.1:8081/127.0.0.1:${ports[1]}/" -e "s/127.0.0.1:8082/127.0.0.1:${ports[2]}/" \
    -e "s/127.0.0.1:8083/127.0.0.1:${ports[3]}/" \
    "$here/../../Sources/Service/Deployment/haproxy.cfg" >"$work/haproxy.cfg"
haproxy -f "$work/haproxy.cfg" -db >"$work/haproxy.log" 2>&1 &
others+=($!)
wait_for "http://127.0.0.1:$front/ready" 30 || {
    cat "$work/haproxy.log" >&2
    exit 1
}

# Requests without pause on four connections, until told to stop.
python3 - "$front" "$work" <<'PYTHON' &
import http.client, os, sys, threading, time
port, work = int(sys.argv[1]), sys.argv[2]
paths = ["/v1/search?q=snoeien", "/v1/courses/school:c1", "/nl?q=snoeien", "/v1/providers"]
counts, failures, lock = {}, [], threading.Lock()
def ask(offset):
    connection, number = None, offset
    while not os.path.exists(f"{work}/enough"):
        path, number = paths[number % len(paths)], number + 1
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            outcome = answer.status
        except Exception as error:
            outcome, connection = repr(error), None
        with lock:
            counts[outcome] = counts.get(outcome, 0) + 1
            if outcome != 200: failures.append((time.time(), path, outcome))
        time.sleep(0.02)
threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(f"requests                  {sum(counts.values())}")
print(f"requests failed           {len(failures)} {failures[:5] or ''}")
sys.exit(1 if failures or not counts else 0)
PYTHON
load=$!

generation_of() {
    curl --silent "http://127.0.0.1:${ports[$1]}/metrics" |
        sed -n 's/^catalogue_generation \([0-9]*\).*/\1/p'
}
# follow N…: until these nodes answer from the writer's generation.
follow() {
    local newest number deadline=$((SECONDS + 60))
    newest=$(psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$LEERWIJZER_STORE" \
        --command "SELECT max(generation) FROM run")
    for number in "$@"; do
        until [[ $(generation_of "$number") == "$newest" ]]; do
            ((SECONDS < deadline)) || {
                echo "nodes: node $number does not follow to generation $newest" >&2
                cat "$work/node$number.log" >&2
                return 1
            }
            sleep 0.1
        done
    done
}

count=20
for number in 1 2 3; do
    count=$((count + 1))
    write_feed "$work/writer" "$count"
    "$program" ingest --catalog "$work/writer" --today 2026-11-24 >/dev/null 2>&1
    kill -TERM "${node[$number]}"
    wait "${node[$number]}" || true
    start "$number"
    wait_for "http://127.0.0.1:${ports[$number]}/ready" 120
    sleep 1
done
follow 1 2 3
echo "nodes restarted in turn   3"

# The same answers, byte for byte, from every node.
same=0
for path in "/v1/search?q=snoeien&limit=50" "/v1/search?q=cursus&sort=start" "/v1/providers" \
    "/v1/courses/school:c7" "/v1/changes?since=1" "/ooapi/v5/courses" "/nl?q=snoeien"; do
    for number in 1 2 3; do
        curl --silent --fail --header "Host: catalogue" --header "Accept-Language: nl" \
            --output "$work/answer$number" --dump-header "$work/head$number" \
            "http://127.0.0.1:${ports[$number]}$path"
        sed -n '/^etag:/Ip' "$work/head$number" >>"$work/answer$number"
    done
    cmp "$work/answer1" "$work/answer2"
    cmp "$work/answer1" "$work/answer3"
    same=$((same + 1))
done
echo "same answer of all nodes  $same of $same addresses"

# Node 2 cannot make its index: something else holds its folder. A new generation comes.
exec 9>>"$(echo "$work/node2/.leerwijzer/postgresql-"*)/writing"
flock 9
write_feed "$work/writer" $((count + 1))
"$program" ingest --catalog "$work/writer" --today 2026-11-24 >/dev/null 2>&1
began=$(date +%s.%N)
deadline=$((SECONDS + 30))
while curl --silent --fail --output /dev/null "http://127.0.0.1:${ports[2]}/ready"; do
    ((SECONDS < deadline)) || {
        echo "nodes: a node that is behind says that it is ready" >&2
        exit 1
    }
    sleep 0.1
done
echo "behind, took itself out   $(awk "BEGIN {print $(date +%s.%N) - $began}") s after the new generation"
follow 1 3
exec 9>&-
wait_for "http://127.0.0.1:${ports[2]}/ready" 90
follow 2
echo "followed, came back       yes"

touch "$work/enough"
wait "$load"
