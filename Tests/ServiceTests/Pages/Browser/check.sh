#!/usr/bin/env bash
# Starts the built service over a copy of the sample catalogue, with a hostile feed beside it, and
# looks at its pages in headless Chromium: accessibility, keyboard, what is loaded, how fast.
#
# check.sh PROGRAM PYTHON    the built leerwijzer, and the folder with Python and Playwright
set -euo pipefail
program=$(realpath "$1") python=$(realpath "$2")
cd "$(dirname "$0")"
top=$PWD/../../../..

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; wait 2>/dev/null; rm -rf "$work"' EXIT
cp -r "$top/catalog" "$work/catalog"
rm -rf "$work/catalog/.leerwijzer"
mkdir "$work/catalog/feeds/hostile"
cp hostile.json "$work/catalog/feeds/hostile/"
cat hostile.toml >>"$work/catalog/catalog.toml"
"$program" ingest --catalog "$work/catalog" --today 2026-11-24 >"$work/ingest" 2>&1 || {
    cat "$work/ingest" >&2
    exit 1
}

"$program" serve --catalog "$work/catalog" --today 2026-11-24 --port 0 --rate 0 --log warning \
    2>"$work/log" &
server=$!
address=
for _ in $(seq 200); do
    address=$(sed -n 's/^listening on //p' "$work/log")
    [[ -n $address ]] && break
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
"$python/python" pages.py "$address"
if grep -q ' error ' "$work/log"; then
    grep ' error ' "$work/log" >&2
    exit 1
fi
