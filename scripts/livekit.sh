# shellcheck shell=bash
# LiveKit's own server, for tests that compare: built from its module, kept in the user's cache. Sourced by ./x.

livekit_version=1.11.0
livekit_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/livekit-server-$livekit_version

# Builds it once, and prints where it is.
settle_livekit() {
    if [ ! -x "$livekit_dir/server" ]; then
        say "building livekit-server $livekit_version into $livekit_dir" >&2
        GOBIN=$livekit_dir go install "github.com/livekit/livekit-server/cmd/server@v$livekit_version" >&2 || return
    fi
    printf '%s\n' "$livekit_dir/server"
}

# start_livekit PROGRAM: on three free ports of this machine, with the key of the tests. Sets livekit_port and livekit_pid.
start_livekit() {
    local ports config=$livekit_dir/tests.yaml
    read -r -a ports < <(node -e '
        const servers = [0, 0, 0].map(() => require("net").createServer().listen(0, "127.0.0.1"))
        setTimeout(() => { console.log(servers.map((one) => one.address().port).join(" ")); process.exit() }, 100)')
    livekit_port=${ports[0]}
    cat >"$config" <<END
port: $livekit_port
bind_addresses: [127.0.0.1]
rtc:
  udp_port: ${ports[1]}
  tcp_port: ${ports[2]}
  use_external_ip: false
  node_ip: 127.0.0.1
  enable_loopback_candidate: true
  interfaces:
    includes: [lo]
keys:
  devkey: "a secret of tests, 32 bytes or more"
logging:
  level: warn
END
    "$1" --config "$config" >"$logs/livekit-server.log" 2>&1 &
    livekit_pid=$!
    local n
    for n in $(seq 100); do
        (exec 3<>"/dev/tcp/127.0.0.1/$livekit_port") 2>/dev/null && return
        kill -0 "$livekit_pid" 2>/dev/null || break
        sleep 0.1
    done
    say "livekit-server did not start: $logs/livekit-server.log"
    return 1
}
