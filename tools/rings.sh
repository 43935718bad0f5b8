# shellcheck shell=bash
# The test rings and their accounting. What counts is the report that a ring writes, not what stands on its screen.

passed=0 failed=0 skipped=0
fail_skips=off
declare -A ring_project=([unit]=TcpLens.UnitTests [kernel]=TcpLens.KernelTests [binary]=TcpLens.BinaryTests [zabbix]=TcpLens.ZabbixTests [browser]=TcpLens.BrowserTests)
summary=()

# run_all_rings NO_SKIPS: the last line is the sum. A step that cannot be done is a failure that the sum contains.
run_all_rings() {
    [[ $1 != true ]] || fail_skips=on
    need "${test_packages[@]}" || true
    if ! { restore && build; }; then
        count_failure "build: failed, no ring could run"
        verdict
    fi

    run_ring unit
    run_ring kernel
    ((EUID == 0)) || summary+=("kernel: without root most tests are skipped; all of them: sudo ./dev test")
    if publish_binary && publish_archive; then
        TCPLENS_BINARY=$published/tcplens TCPLENS_ARCHIVE=$archive run_ring binary
        TCPLENS_BINARY=$published/tcplens run_ring zabbix
        TCPLENS_BINARY=$published/tcplens run_ring browser
    else
        count_failure "binary: no native program, the reason stands above; when it is mended: ./dev test"
    fi
    verdict
}

# run_ring RING: all tests of the ring but the soak tests, held against its committed minimum.
run_ring() {
    run_tests "$1" "$1" 20m --filter-not-trait Category=Soak
    local minimum
    minimum=$(awk -v ring="$1" '$1 == ring { print $2 }' tests/minimum-counts)
    ((ring_total >= ${minimum:-1})) ||
        count_failure "$1: $ring_total tests, but tests/minimum-counts says at least ${minimum:-1}"
}

# run_tests RING NAME LIMIT FILTER...: runs tests of the ring's project within a time and adds their numbers to the sums.
run_tests() {
    local project=${ring_project[$1]} name=$2 limit=$3
    shift 3
    local report=artifacts/test-results/$name.xml code=0 started=$SECONDS
    rm -f "$report"
    say "$name tests"
    # Exit code 8 is "no test found": the committed minimum judges that.
    timeout --foreground --kill-after=30s "$limit" \
        dotnet "artifacts/bin/$project/release/$project.dll" "$@" --fail-skips "$fail_skips" --ignore-exit-code 8 \
        --no-ansi --progress off --results-directory artifacts/test-results \
        --report-xunit-xml --report-xunit-xml-filename "$name.xml" </dev/null || code=$?

    local ring_passed=0 ring_failed=0 ring_skipped=0
    if [[ -s $report ]]; then
        ring_passed=$(reported "$report" passed)
        ring_failed=$(($(reported "$report" failed) + $(reported "$report" errors)))
        ring_skipped=$(reported "$report" skipped)
    fi
    ring_total=$((ring_passed + ring_failed + ring_skipped))
    passed=$((passed + ring_passed)) failed=$((failed + ring_failed)) skipped=$((skipped + ring_skipped))
    summary+=("$name: $ring_total tests, $ring_passed passed, $ring_failed failed, $ring_skipped skipped, $((SECONDS - started)) s")
    case $code in
        124 | 137) count_failure "$name: stopped because it took longer than $limit" ;;
        *) ((code == 0 || ring_failed > 0)) || count_failure "$name: the test program broke off with exit code $code" ;;
    esac
}

# reported FILE ATTRIBUTE: a number from the <assembly> element of an xunit report.
reported() {
    local number
    number=$(grep --only-matching --max-count=1 '<assembly [^>]*>' "$1" | sed -nE "s/.* $2=\"([0-9]+)\".*/\1/p")
    echo "${number:-0}"
}

count_failure() {
    failed=$((failed + 1))
    summary+=("$1")
}

# Ends the program: what each ring did, and the sum alone on the last line.
verdict() {
    say "rings, after $SECONDS s"
    printf '%s\n' "${summary[@]}"
    if ((skipped == 0)); then
        printf '%d passed, %d failed\n' "$passed" "$failed"
    else
        printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    fi
    ((failed == 0)) || exit 1
    exit 0
}
