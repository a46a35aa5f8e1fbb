# Starts and stops PostgreSQL servers of the tests, in folders of their own on loopback; to be sourced.
# A server refuses to run as root: it then runs as the user that Debian's package makes for it.

pg_programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[[ -x $pg_programs/initdb ]] || {
    echo "postgres: no server is installed; apt-get install postgresql" >&2
    exit 69
}

# Runs a program of the server as the user that may.
pg_run() {
    local program=$1
    shift
    if ((EUID == 0)); then
        (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$pg_programs/$program" "$@")
    else
        "$pg_programs/$program" "$@"
    fi
}

# A port that nobody listens on.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# pg_folder FOLDER: an empty folder for a cluster, owned by the user that runs it.
pg_folder() {
    mkdir -p "$1"
    chmod 700 "$1"
    ((EUID != 0)) || chown postgres "$1"
}

# pg_new FOLDER: an empty cluster.
pg_new() {
    pg_folder "$1"
    pg_run initdb --pgdata "$1" --username postgres --auth trust --encoding UTF8 \
        --locale C.UTF-8 --no-sync >"$1.log" 2>&1
}

# pg_start FOLDER PORT [SETTING=VALUE…]
pg_start() {
    local folder=$1 port=$2 options="" setting
    shift 2
    for setting in "$@"; do options+=" -c $setting"; done
    touch "$folder.log"
    ((EUID != 0)) || chown postgres "$folder.log"
    pg_run pg_ctl --pgdata "$folder" --log "$folder.log" --wait --silent start --options \
        "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= $options"
}

# pg_stop FOLDER [smart|fast|immediate]
pg_stop() {
    pg_run pg_ctl --pgdata "$1" --mode "${2:-immediate}" --silent stop >/dev/null 2>&1 || true
}
