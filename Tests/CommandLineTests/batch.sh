#!/usr/bin/env bash
# Is a batch the same when others hand it out in parts, and when it is killed and resumed?
#
#   batch.sh PROGRAM PROFILES DAY      PROFILES: NDJSON, each with a name
#
# Runs in a folder with a catalogue. Says for each way how many answers are the same as in one run,
# apart from the numbers of lines, which count within each part; ends with 1 at the first difference.
set -euo pipefail

program=$1 profiles=$2 day=$3
scratch=$(mktemp -d)
trap 'status=$?; ((status == 0)) || cat "$scratch"/*.errors >&2; rm -rf "$scratch"' EXIT
export program day

# What an answer says, without its line; sorted, since parts end when they end.
answers() { sed -E 's/"line":[0-9]+,?//; s/,\}$/}/' "$1" | sort; }

compare() { # name file
    if ! diff <(answers "$scratch/whole") <(answers "$2") >"$scratch/difference"; then
        echo "$1: differs"
        head -c 2000 "$scratch/difference"
        exit 1
    fi
    echo "$1: same $(wc -l <"$2")"
}

"$program" batch "$profiles" --limit 2 --today "$day" >"$scratch/whole" 2>"$scratch/whole.errors"

# xargs: files of seven profiles each, two at a time, each with an output of its own.
split -l 7 "$profiles" "$scratch/part."
find "$scratch" -name 'part.*' ! -name '*.out' -print0 |
    xargs -0 -P 2 -I {} sh -c '"$program" batch "{}" --limit 2 --today "$day" >"{}.out" 2>/dev/null'
cat "$scratch"/part.*.out >"$scratch/xargs"
compare xargs "$scratch/xargs"

# GNU parallel: blocks of the file on standard input, in order.
if [[ $(parallel --version 2>/dev/null) == *GNU* ]]; then
    parallel --will-cite --pipepart --keep-order --block 1k -a "$profiles" \
        "$program" batch --limit 2 --today "$day" >"$scratch/parallel" 2>"$scratch/parallel.errors"
    compare parallel "$scratch/parallel"
else
    echo "parallel: not installed"
fi

# Killed: answers are kept up to the last whole line, and the rest is asked for.
( while read -r line; do echo "$line"; sleep 0.01; done <"$profiles" ) |
    "$program" batch --limit 2 --today "$day" >"$scratch/killed" 2>/dev/null &
running=$!
for _ in $(seq 500); do
    [[ $(wc -l <"$scratch/killed") -ge 10 ]] && break
    sleep 0.02
done
kill -9 "$running" 2>/dev/null || true
wait "$running" 2>/dev/null || true
whole=$(wc -l <"$scratch/killed")
head -n "$whole" "$scratch/killed" >"$scratch/resumed"
last=$(tail -n 1 "$scratch/resumed" | grep -oE '"line":[0-9]+' | tail -n 1 | cut -d: -f2)
"$program" batch "$profiles" --limit 2 --today "$day" --resume-after "${last:-0}" \
    >>"$scratch/resumed" 2>"$scratch/resumed.errors"
cmp "$scratch/whole" "$scratch/resumed"
compare "killed and resumed" "$scratch/resumed"
