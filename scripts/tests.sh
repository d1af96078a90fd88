# shellcheck shell=bash
# `./x test`: every runner, each with everything it needs, and one sum at the end. Sourced by ./x.

# shellcheck disable=SC2154  # target_dir comes from ./x
# What compiling everything for the tests takes, and what they write.
least_free_gB=12
n_passed=0
n_failed=0
summary=()

# run_tests [house|rust|web|api|e2e|livekit]…
run_tests() {
    local parts=("$@") part
    # Not `livekit`: what another server does on a busy machine says nothing of ours.
    [ $# -gt 0 ] || parts=(house rust web api e2e)
    for part in "${parts[@]}"; do
        case $part in
            house | rust | web | api | e2e | livekit) ;;
            *) die "no such part: $part (house, rust, web, api, e2e, livekit)" ;;
        esac
    done
    set_up rust node engines browser schemathesis
    look_at_disk
    export ANTIPHON_REQUIRE_ALL=1
    logs=$target_dir/test-logs
    mkdir -p "$logs"
    for part in "${parts[@]}"; do
        "test_$part"
    done
    printf '\n'
    printf '%s\n' "${summary[@]}"
    printf '%s passed, %s failed\n' "$n_passed" "$n_failed"
    [ "$n_failed" -eq 0 ]
}

# A full disk ends compilers and databases in words that name anything but the disk.
look_at_disk() {
    local free_kB
    mkdir -p "$target_dir"
    free_kB=$(df -Pk "$target_dir" | awk 'NR == 2 { print $4 }')
    [ "$free_kB" -ge $((least_free_gB * 1000 * 1000)) ] ||
        say "only $((free_kB / 1000 / 1000)) GB are free at $target_dir: a first run needs about $least_free_gB GB there"
}

test_house() {
    say "house rules"
    if cargo xtask tidy; then count house 1 0 0; else count house 0 1 1; fi
}

test_rust() {
    [ -n "$engines_dir" ] || start_engines
    say "Rust tests, on SQLite, PostgreSQL $("$ANTIPHON_TEST_PG_BIN/postgres" --version | cut -d' ' -f3) and NATS"
    local code=0 passed failed
    # One seed, so that a run says something about the change and not about luck. Whoever hunts gives another one:
    # `PROPTEST_RNG_SEED=6 cargo test -p timing`.
    export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-1}
    cargo test --workspace --no-fail-fast 2>&1 | tee "$logs/rust.log" || code=$?
    # "test result: ok. 12 passed; 0 failed; 0 ignored; …", one line per test binary
    read -r passed failed < <(awk '/^test result: .*; finished in /{ p += $4; f += $6 } END { print p + 0, f + 0 }' "$logs/rust.log")
    local unsteady=
    if [ "$failed" -gt 0 ] && unsteady=$(test_again "$logs/rust.log" "$failed"); then
        passed=$((passed + failed)) failed=0 code=0
    else
        unsteady=
    fi
    count rust "$passed" "$failed" "$code"
    [ -z "$unsteady" ] || summary+=("$(printf '       unsteady, passed when run again alone: %s' "$unsteady")")
}

# Runs the Rust tests that failed once more, each alone, and prints their names if all pass; as `tell_again` does with stories.
# A test that is not named by its file's last list (it took its process down) has failed.
test_again() {
    local log=$1 n_failed=$2 tests test binary package
    # "     Running unittests src/lib.rs (…/deps/spaces-5b2f…)", then "test a::b ... FAILED"; "…/deps/" ends in PACKAGE-HASH
    mapfile -t tests < <(awk '/^ +Running .*\/deps\//{ file = $NF; gsub(/^.*\(|\)$/, "", file) } /^test .* \.\.\. FAILED$/{ print file, $2 }' "$log" | sort -u)
    [ ${#tests[@]} -eq "$n_failed" ] && [ "$n_failed" -le "$most_unsteady" ] || return 1
    for test in "${tests[@]}"; do
        say "once more, alone: ${test#* }"
        binary=$(realpath "${test% *}") || return 1
        # In its package's folder, as cargo runs it.
        package=$(cargo metadata --no-deps --format-version 1 | node -e '
            const { packages } = JSON.parse(require("fs").readFileSync(0, "utf8"))
            const name = require("path").basename(process.argv[1]).replace(/-[0-9a-f]+$/, "")
            const own = packages.find((one) => one.targets.some((target) => target.name.replaceAll("-", "_") === name))
            console.log(require("path").dirname(own.manifest_path))' "$binary") || return 1
        (cd "$package" && "$binary" --exact "${test#* }") 2>&1 | tee -a "$logs/rust-again.log" | grep -q '^test result: ok. 1 passed' || return 1
    done
    printf '%s ' "${tests[@]#* }"
}

test_web() {
    install_web_modules || { count web 0 0 $?; return; }
    say "web unit tests"
    local code=0 passed=0 failed=0 report=$logs/web.json
    rm -f "$report"
    (cd web && node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile="$report") || code=$?
    [ ! -f "$report" ] ||
        read -r passed failed < <(node -p 'const r = require(process.argv[1]); `${r.numPassedTests} ${r.numFailedTests}`' "$report")
    count web "$passed" "$failed" "$code"
}

# Everything that api/openapi.json promises, asked of the debug binary by Schemathesis: at most three minutes.
test_api() {
    build_server debug || { count api 0 0 $?; return; }
    say "Schemathesis over the API"
    local code=0 cases
    ANTIPHON_BIN=$target_dir/debug/antiphon node e2e/schemathesis.mjs 2>&1 | tee "$logs/api.log" || code=$?
    # "Test cases:" and, on the next line, "15461 generated, 15459 passed, 2 found 2 unique failures"
    cases=$(awk '/ generated/{ print $1 }' "$logs/api.log")
    if [ "$code" -eq 0 ]; then count api "${cases:-0}" 0 0; else count api 0 1 1; fi
}

# In CI on the release binary as it ships, with the web app inside; at a desk on the debug binary, which is there anyway.
test_e2e() {
    local profile=debug
    [ "${CI:-}" != true ] || profile=release
    profile=${ANTIPHON_TEST_PROFILE:-$profile}
    # What the stories of media start is an example of crates/media, always of the debug kind.
    { build_web && build_server "$profile" && cargo build --workspace --example rooms; } || { count e2e 0 0 $?; return; }
    export MEDIA_BIN=$target_dir/debug/examples/rooms
    say "end to end, in $("$CHROMIUM" --version 2>/dev/null), on the $profile binary"
    export ANTIPHON_BIN=$target_dir/$profile/antiphon
    local code=0 passed=0 failed=0 unsteady= report=$logs/e2e.tap
    tell_stories 2 "$report" e2e/*.spec.mjs || code=$?
    read -r passed failed < <(sum_of "$report")
    if [ "$failed" -gt 0 ] && unsteady=$(tell_again "$report"); then
        passed=$((passed + failed)) failed=0 code=0
    else
        unsteady=
    fi
    count e2e "$passed" "$failed" "$code"
    [ -z "$unsteady" ] || summary+=("$(printf '       unsteady, passed when run again alone: %s' "$unsteady")")
}

# The stories of media once more, with LiveKit's own server in the place of our rooms. It needs the tools of Go.
test_livekit() {
    local server code=0 passed=0 failed=0 report=$logs/livekit.tap
    if ! command -v go >/dev/null; then
        count livekit 0 1 1
        say "this part needs the tools of Go"
        return
    fi
    if ! server=$(settle_livekit); then
        count livekit 0 1 1
        say "livekit-server could not be fetched or built"
        return
    fi
    cargo build --workspace --example rooms || { count livekit 0 0 $?; return; }
    export MEDIA_BIN=$target_dir/debug/examples/rooms
    say "stories of media, beside livekit-server $livekit_version"
    start_livekit "$server" || { count livekit 0 0 $?; return; }
    LIVEKIT_URL=ws://127.0.0.1:$livekit_port tell_stories 1 "$report" \
        e2e/media.spec.mjs e2e/media-clients.spec.mjs e2e/media-python.spec.mjs || code=$?
    kill "$livekit_pid"
    read -r passed failed < <(sum_of "$report")
    count livekit "$passed" "$failed" "$code"
}

# tell_stories AT-ONCE REPORT FILE…
tell_stories() {
    local at_once=$1 report=$2
    shift 2
    node --test --test-concurrency="$at_once" --test-reporter=spec --test-reporter-destination=stdout \
        --test-reporter=tap --test-reporter-destination="$report" "$@"
}

# The report ends with lines like "# pass 12"; a cancelled test did not pass.
sum_of() {
    awk '/^# (pass|fail|cancelled) /{ n[$2] = $3 } END { print n["pass"] + 0, n["fail"] + n["cancelled"] }' "$1"
}

# How many files of stories may fail before it is no matter of chance.
most_unsteady=3

# Runs the files in which a story failed once more, each alone, and prints their names if all pass. What fails twice has failed;
# what fails once is told by name in the last lines, so that its race is looked for (docs/decisions/0049).
tell_again() {
    local files file
    mapfile -t files < <(awk -F"'" '/^ *not ok /{ failed = 1 } /^ *location: /{ if (failed) { sub(/:[0-9]+:[0-9]+$/, "", $2); print $2 } failed = 0 } /^ *ok /{ failed = 0 }' "$1" | sort -u)
    [ ${#files[@]} -gt 0 ] && [ ${#files[@]} -le "$most_unsteady" ] || return 1
    for file in "${files[@]}"; do
        [[ $file == *.spec.mjs ]] || return 1
    done
    for file in "${files[@]}"; do
        say "once more, alone: $(basename "$file")"
        tell_stories 1 "$logs/e2e-again-$(basename "$file" .spec.mjs).tap" "$file" >&2 || return 1
    done
    printf '%s ' "${files[@]##*/}"
}

# count PART PASSED FAILED EXIT-CODE: a runner that broke without naming a test counts as one failure.
count() {
    local part=$1 passed=$2 failed=$3 code=$4 note=
    if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1
        note=" (the runner itself failed with code $code)"
    elif [ $((passed + failed)) -eq 0 ]; then
        failed=1
        note=" (no test was run)"
    fi
    n_passed=$((n_passed + passed))
    n_failed=$((n_failed + failed))
    summary+=("$(printf '%-6s %5s passed %4s failed%s' "$part" "$passed" "$failed" "$note")")
}
