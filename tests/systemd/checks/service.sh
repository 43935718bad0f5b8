# shellcheck shell=bash
# The unit as it comes: installed as README says, without privilege, and kept alive.

install_service() {
    check "the program is installed" install -m 755 tcplens /usr/bin/tcplens
    check "the unit is installed" install -m 644 tcplens.service /etc/systemd/system/
    check "the manual page is installed" install -D -m 644 tcplens.1 /usr/local/share/man/man1/tcplens.1
    check "systemd-analyze verify finds nothing" silent systemd-analyze verify /etc/systemd/system/tcplens.service
    check "systemctl enable --now succeeds, so READY=1 came" systemctl enable --now tcplens
    check "it is active at once" runs
    check "it is a service of Type=notify" same "$(property Type)" notify
    check "systemctl status shows where the dashboard is" says "Status: \"$base\"" systemctl status --no-pager tcplens
    check "systemctl status shows its log" says "TcpLens|tcplens .*started|listening" systemctl status --no-pager tcplens
    systemd-analyze security --no-pager tcplens | sed -nE 's/.*Overall exposure level[^:]*: ([0-9.]+) .*/\1/p' >/var/exposure
    check "systemd-analyze security gives it 2.0 or less ($(cat /var/exposure))" awk '{ exit !($1 > 0 && $1 <= 2.0) }' /var/exposure
}

unprivileged_service() {
    local status
    status=/proc/$(process)/status
    check "its user is a dynamic one" awk '/^Uid:/ { exit !($2 >= 61184 && $2 <= 65519 && $2 == $3 && $3 == $4) }' "$status"
    check "it has no capability" same "$(capabilities)" "Eff=0000000000000000 Bnd=0000000000000000 Amb=0000000000000000"
    check "it can gain no privilege, and a filter of system calls is in force" says "^NoNewPrivs:.1 Seccomp:.2$" \
        eval "grep -hE '^(NoNewPrivs|Seccomp):' $status | paste -sd' '"
    check "the history lies in /var/lib/tcplens" within 5 test -s /var/lib/tcplens/history.db
    check "the history is closed to other users" same "$(stat -Lc %a /var/lib/tcplens/)" 750
    # systemd 257 and newer keep such files as those of nobody, and show them to the service as its own.
    check "the history belongs to the service" says "^($(awk '/^Uid:/ { print $2 }' "$status")|65534)$" stat -c %u /var/lib/tcplens/history.db
}

# another_process PID: the service has another process than before and works.
another_process() {
    [[ $(process) != "$1" && $(process) != 0 ]] && runs
}

endurance() {
    local before restarts begin oldest
    oldest=$(api /api/v1/report .history.oldest)
    check "the history has a beginning" says '^20' echo "$oldest"

    before=$(process)
    kill -KILL "$before"
    check "it is started again after SIGKILL" within 20 another_process "$before"
    check "the history goes on after SIGKILL" same "$(api /api/v1/report .history.oldest)" "$oldest"
    check "the history had no trouble" is /api/v1/report '.history.trouble == null and .history.lost == 0'

    mkdir -p /etc/systemd/system/tcplens.service.d
    printf '[Service]\nWatchdogSec=3\n' >/etc/systemd/system/tcplens.service.d/watchdog.conf
    restart
    before=$(process)
    sleep 8
    check "the watchdog leaves it alone while it works" same "$(process)" "$before"
    restarts=$(property NRestarts)
    kill -STOP "$before"
    check "the watchdog starts it again when it hangs" within 40 another_process "$before"
    check "it was the watchdog" says "[Ww]atchdog timeout" journalctl --unit tcplens --no-pager --lines 40
    check "the restart is counted" test "$(property NRestarts)" -gt "$restarts"
    no_drop_ins
    restart

    before=$(process)
    begin=${EPOCHREALTIME/./}
    systemctl stop tcplens
    check "it stops within two seconds ($(((${EPOCHREALTIME/./} - begin) / 1000)) ms)" test $((${EPOCHREALTIME/./} - begin)) -lt 2000000
    check "it stops clean" same "$(property Result) $(property ExecMainStatus)" "success 0"
    check "nothing is left of its socket" test ! -e /run/tcplens/tcplens.sock
    check "it says how many samples it took" says "ends after [0-9]+ samples, [0-9]+ missed, 0 not stored" journalctl --unit tcplens --no-pager --lines 10
    check "root reads the history while it is stopped" says '^time' eval "tcplens history --from -1h --csv | head -n 2"
    check "and leaves nothing of his own there" silent find /var/lib/tcplens/ -mindepth 1 -user root
    check "it starts again" systemctl start tcplens
    check "and works" within 15 runs
    check "root reads the history while it runs" says '^time' eval "tcplens history --from -1h --csv | head -n 2"
    check "and leaves nothing of his own there either" silent find /var/lib/tcplens/ -mindepth 1 -user root
    check "the history has no trouble" is /api/v1/report '.history.trouble == null and .history.lost == 0'
    check "the history goes on after a restart" same "$(api /api/v1/report .history.oldest)" "$oldest"
    memory
}

memory() {
    keep_peak
    check "MemoryMax is 256 MiB and was never reached (peak: $(cat /var/memory) MiB)" says "^max 0$" cat $group/memory.events
    check "nothing was killed for memory" says "^oom_kill 0$" cat $group/memory.events
}

before_reboot() {
    api /api/v1/report .history.oldest >/var/oldest
    api /api/v1/report .run >/var/run-before
    check "it logged no error but those that were made here" silent errors_but_ours
}

# The mistake in the configuration, and listening to the network without a token.
errors_but_ours() {
    journalctl _SYSTEMD_UNIT=tcplens.service _COMM=tcplens --priority err --quiet --output cat --no-pager | grep -vE 'intervall|token_file' || true
}

after_reboot() {
    check "after a reboot it comes up by itself" within 30 runs
    check "it is another run" test "$(api /api/v1/report .run)" != "$(cat /var/run-before)"
    check "the history goes on after a reboot" same "$(api /api/v1/report .history.oldest)" "$(cat /var/oldest)"
    check "the end before the reboot was orderly" says "ends after [0-9]+ samples" journalctl --unit tcplens --boot -1 --output cat --no-pager
    check "the history knows of the stop and the start" is "/api/v1/history?from=-1h" '[.annotations[].kind] | (index("stopped") != null and index("started") != null)'
    check "root reads the history" says '^time' eval "tcplens history --from -1h --csv | head -n 2"
    check "no error since the boot" silent journalctl --unit tcplens --priority err --boot 0 --quiet --no-pager
}

removal() {
    check "systemctl disable --now ends it" systemctl disable --quiet --now tcplens
    check "it is gone" same "$(property ActiveState) $(systemctl is-enabled tcplens)" "inactive disabled"
}
