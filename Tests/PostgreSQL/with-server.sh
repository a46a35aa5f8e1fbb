#!/usr/bin/env bash
# Runs a command while a PostgreSQL server of its own runs, whose address LEERWIJZER_POSTGRES holds:
#
#     Tests/PostgreSQL/with-server.sh swift test
set -euo pipefail
source "$(dirname "$0")/server.sh"

work=$(mktemp -d)
chmod 755 "$work"
trap 'pg_stop "$work/data"; rm -rf "$work"' EXIT
port=$(free_port)
pg_new "$work/data"
# What is lost when the machine fails is of no interest here.
pg_start "$work/data" "$port" fsync=off full_page_writes=off max_connections=200
export LEERWIJZER_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
"$@"
