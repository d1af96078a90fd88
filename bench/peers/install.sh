#!/usr/bin/env bash
# Gets the rivals of `bench post`: socket.io by npm into this folder, ejabberd from the distribution.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

if ! cmp -s socketio/package-lock.json socketio/node_modules/.installed-lock; then
    npm --prefix socketio ci --silent --no-audit --no-fund --omit=optional
    cp socketio/package-lock.json socketio/node_modules/.installed-lock
fi

if ! command -v erl >/dev/null || ! ls -d /usr/lib/*/ejabberd-* >/dev/null 2>&1; then
    packages="ejabberd erlang-p1-pgsql"
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "bench: missing: $packages (names of Debian's packages). Please install them." >&2
        exit 1
    fi
    # We want the program, not the service that Debian's package would start.
    if [ ! -e /etc/systemd/system/ejabberd.service ]; then
        mkdir -p /etc/systemd/system && ln -s /dev/null /etc/systemd/system/ejabberd.service
    fi
    apt-get update -qq
    # shellcheck disable=SC2086  # two words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
