#!/usr/bin/env bash
# How many searches a second does the service answer, beside a server that answers a constant of the
# same size? Both are asked by wrk over loopback, turn by turn; the ratio is what counts, since the
# machine is shared with wrk itself. Processor time is told beside it, which other work disturbs less.
#
# search.sh PROGRAM CONSTANT CATALOGUE [SECONDS] [ROUNDS]
#   PROGRAM    a release build of leerwijzer; CONSTANT one of ServiceBenchmark
set -euo pipefail
program=$1 constant=$2 catalogue=$3 seconds=${4:-10} rounds=${5:-3}

work=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT

"$program" serve --catalog "$catalogue" --port 0 --rate 0 --log warning --lang en 2>"$work/log" &
pids+=($!)
service=$!
for _ in $(seq 1200); do
    address=$(sed -n 's/^listening on //p' "$work/log")
    [[ -n $address ]] && break
    kill -0 "$service" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done

# One word or two, some near a place, some with filters; facets as pages and assistants ask for them.
cat >"$work/questions.lua" <<'LUA'
local words = {"boom", "lassen", "zorg", "excel", "engels", "groen", "veiligheid", "leidinggeven",
    "snoeien", "techniek", "administratie", "koken"}
local rest = {"", "&near=52.03,5.17&within=25km", "&level=3", "&max-price=500", "&region=Houten"}
local n = 0
request = function()
    n = n + 1
    return wrk.format("GET", "/v1/search?facets=false&limit=10&q=" .. words[n % #words + 1]
        .. rest[n % #rest + 1])
end
LUA
curl -fsS "$address/v1/search?facets=false&limit=10&q=boom" >"$work/body"
echo "offerings: $(curl -fsS "$address/v1/search?facets=false&limit=1&all=true" |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["total"])'), an answer of $(stat -c %s "$work/body") bytes"

port=$((20000 + RANDOM % 20000))
"$constant" "$port" "$work/body" 2>"$work/constant.log" &
pids+=($!)
limit=$!
until curl -fsS "http://127.0.0.1:$port/" >/dev/null 2>&1; do
    kill -0 "$limit" || { cat "$work/constant.log" >&2; exit 1; }
    sleep 0.1
done

# Clock ticks of user and system time of a process.
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
per_second=$(getconf CLK_TCK)

measure() { # name pid address arguments…
    local name=$1 pid=$2 where=$3 before after
    shift 3
    before=$(ticks "$pid")
    wrk -t1 -c32 -d"${seconds}s" --latency "$@" "$where" >"$work/wrk"
    after=$(ticks "$pid")
    awk -v name="$name" -v ticks=$((after - before)) -v hz="$per_second" '
        /99%/ {p99 = $2}
        /requests in/ {n = $1}
        /Requests\/sec/ {rate = $2}
        /Non-2xx/ {bad = $NF}
        /Socket errors/ {errors = $0}
        END {
            printf "%-9s %9.0f requests/s  p99 %-9s %7.1f µs of processor time each  failed %d %s\n",
                name, rate, p99, 1e6 * ticks / hz / n, bad, errors
        }' "$work/wrk" | tee -a "$work/$name"
}

for _ in $(seq "$rounds"); do
    measure constant "$limit" "http://127.0.0.1:$port/"
    measure search "$service" "$address" -s "$work/questions.lua"
done
awk '{rate = $2; time = $7} FNR == 1 {file++}
    {if (rate > best[file]) best[file] = rate; if (!(file in least) || time < least[file]) least[file] = time}
    END {
        printf "best of each: %.0f %% of the limit by requests, %.0f %% by processor time\n",
            100 * best[2] / best[1], 100 * least[1] / least[2]
    }' <(sed 's/p99 *//' "$work/constant" | awk '{print $1, $2, $3, $4, $5, $6, $5}') \
    <(sed 's/p99 *//' "$work/search" | awk '{print $1, $2, $3, $4, $5, $6, $5}')
