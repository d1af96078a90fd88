# shellcheck shell=bash
# A PostgreSQL and a NATS server of our own, on free ports, for as long as ./x runs. Sourced by ./x.
#
# Both listen on 127.0.0.1 only. PostgreSQL keeps its durability (fsync on): what the tests say about it should hold.

engines_dir=
nats_pid=

start_engines() {
    engines_dir=$(mktemp -d "${TMPDIR:-/tmp}/antiphon-engines.XXXXXX")
    trap stop_engines EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    start_postgres
    start_nats
}

# PostgreSQL refuses to run as root. Tests that start their own read ANTIPHON_TEST_PG_USER: empty means "as I am".
start_postgres() {
    local port dir=$engines_dir/postgres
    port=$(free_port)
    ANTIPHON_TEST_PG_USER=
    chmod 755 "$engines_dir"
    mkdir "$dir"
    if [ "$(id -u)" -eq 0 ]; then
        ANTIPHON_TEST_PG_USER=$(id -un postgres 2>/dev/null || echo nobody)
        chown "$ANTIPHON_TEST_PG_USER" "$dir"
    fi
    export ANTIPHON_TEST_PG_USER
    as_postgres initdb -D "$dir/data" -U antiphon -A trust -E UTF8 --locale=C --no-sync >"$engines_dir/initdb.log" ||
        die "initdb failed: $(cat "$engines_dir/initdb.log")"
    as_postgres pg_ctl -D "$dir/data" -l "$dir/log" -w -t 60 \
        -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=300" start >/dev/null ||
        die "PostgreSQL did not start: $(tail -n 20 "$dir/log")"
    export ANTIPHON_TEST_POSTGRES=postgres://antiphon@127.0.0.1:$port/postgres
}

# as_postgres PROGRAM ARGUMENT…, from a folder that its user may enter.
as_postgres() {
    local program=$ANTIPHON_TEST_PG_BIN/$1
    shift
    if [ -n "$ANTIPHON_TEST_PG_USER" ]; then
        (cd "$engines_dir" && runuser -u "$ANTIPHON_TEST_PG_USER" -- "$program" "$@")
    else
        "$program" "$@"
    fi
}

start_nats() {
    local port tries
    port=$(free_port)
    "$ANTIPHON_TEST_NATS_BIN" -a 127.0.0.1 -p "$port" >"$engines_dir/nats.log" 2>&1 &
    nats_pid=$!
    for tries in $(seq 100); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            export ANTIPHON_TEST_NATS=nats://127.0.0.1:$port
            return
        fi
        kill -0 "$nats_pid" 2>/dev/null || break
        sleep 0.1
    done
    die "nats-server did not start (try $tries): $(tail -n 20 "$engines_dir/nats.log")"
}

stop_engines() {
    [ -n "$engines_dir" ] || return 0
    [ -z "$nats_pid" ] || { kill "$nats_pid" && wait "$nats_pid"; } 2>/dev/null || true
    [ ! -e "$engines_dir/postgres/data/postmaster.pid" ] ||
        as_postgres pg_ctl -D "$engines_dir/postgres/data" -m immediate -w stop >/dev/null || true
    rm -rf "$engines_dir"
    engines_dir=
}

free_port() {
    node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}
