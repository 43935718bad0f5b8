# shellcheck shell=bash
# What is served on loopback, and the configuration while it runs.

dashboard() {
    check "the dashboard is there" says '<title>' curl --silent --fail "$base/"
    check "the API tells eleven states" is /api/v1/states '.states | length == 11'
    check "the kernel is read by netlink, whose module came by itself" is /api/v1/states '.source == "netlink" and .completeness == "complete"'
    check "/metrics tells them too" says '^tcplens_connections\{.*state="time_wait"' curl --silent --fail "$base/metrics"
    check "it listens on loopback alone" same "$(ss -Htln 'sport = 11011' | awk '{ print $4 }')" 127.0.0.1:11011
    check "the history answers" within 10 is "/api/v1/history?from=-1m" '.times | length > 0'
    check "what it may not see is told with its remedy" is /api/v1/report '[.visibility[] | select(.can | not) | .needs.en] | length > 0 and all(length > 0)'
}

configuration() {
    local before
    before=$(process)
    configure 'interval = "500ms"'
    check "systemctl reload succeeds" systemctl reload tcplens
    check "the new setting is in force" within 10 is /api/v1/report '.pace.wanted_seconds == 0.5'
    check "it is the same process, and active" within 5 same "$(process) $(property SubState)" "$before running"
    check "the reload is logged" says '\[sampling\] interval "1s" -> "500ms"' journalctl --unit tcplens --output cat --no-pager

    configure 'intervall = "1s"'
    systemctl reload tcplens
    check "a mistake is logged as an error, with its place" within 10 says 'tcplens.toml.*3.*intervall' \
        journalctl --unit tcplens --priority err --output cat --no-pager
    check "and changes nothing" is /api/v1/report '.pace.wanted_seconds == 0.5'
    check "it is still active" within 5 runs
    check "a start with a mistake fails" eval '! systemctl restart tcplens'
    sleep 7
    check "and is not tried again and again" same "$(property ActiveState) $(property ExecMainStatus) $(property NRestarts)" "failed 2 0"
    check "the mistake is an error in the journal" says 'tcplens: .*tcplens.toml.*intervall' journalctl --unit tcplens --priority err --output cat --no-pager
    check "the mistake stands in its status" says 'intervall' systemctl status --no-pager tcplens
    configure 'interval = "500ms"'
    check "without the mistake it starts" systemctl start tcplens
    rm /etc/tcplens/tcplens.toml
    systemctl reload tcplens
    check "without a file the defaults are back" within 10 is /api/v1/report '.pace.wanted_seconds == 1 and .pace.budget_percent == 1'
    unconfigured
    # On an emulated machine a reading may come late, which is a warning.
    check "levels are those of the journal: errors have priority 3, what informs has 6" says '^3 (4 )?6$' \
        eval "journalctl --unit tcplens --output json --no-pager | jq -r 'select(._COMM == \"tcplens\") | .PRIORITY' | sort -u | paste -sd' '"
    check "no line begins with the sign of its level" silent eval "journalctl --unit tcplens --output cat --no-pager | grep '^<'"' || true'
}
