#!/usr/bin/env bash
# Starts the built service over a copy of the sample catalogue and holds it against its own
# description: the description is valid OpenAPI, and the service does what it says. Then harvests it
# and uses it as an assistant does, each with a client that others use.
#
# check.sh PROGRAM PYTHON    the built leerwijzer, and the folder with the checks' Python programs
set -euo pipefail
program=$(realpath "$1") python=$(realpath "$2")
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT
server=
cp -r catalog "$work/catalog"
rm -rf "$work/catalog/.leerwijzer"
"$program" ingest --catalog "$work/catalog" --today 2026-11-24 >/dev/null

"$program" serve --catalog "$work/catalog" --today 2026-11-24 --port 0 --rate 0 --log warning \
    --lang en --cors '*' 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    address=$(sed -n 's/^listening on //p' "$work/log")
    [[ -n $address ]] && break
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done

"$python/python" - "$address/openapi.json" "$work/openapi.json" <<'PYTHON'
import sys, urllib.request
with urllib.request.urlopen(sys.argv[1]) as answer, open(sys.argv[2], "wb") as file:
    file.write(answer.read())
PYTHON
"$python/openapi-spec-validator" "$work/openapi.json"
config=$PWD/Tests/ServiceTests/API/schemathesis.toml
# What it keeps for replaying goes with the rest.
(cd "$work" && "$python/schemathesis" --config-file "$config" \
    run openapi.json --url "$address" --checks all --no-color)

"$python/python" Tests/ServiceTests/API/harvest.py "$address"
"$python/python" Tests/ServiceTests/API/assistant.py "$program" "$work/catalog"

kill -TERM "$server"
wait "$server"
if [[ $(grep -c ' error ' "$work/log") != 0 ]]; then
    echo "the service logged errors:" >&2
    grep ' error ' "$work/log" >&2
    exit 1
fi
