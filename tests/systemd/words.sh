# shellcheck shell=bash
# What the checks are written with.

readonly base=http://127.0.0.1:11011

# check TEXT COMMAND...: one line, passed or failed; a failure shows what the command said.
check() {
    local text=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "pass $text"
    else
        echo "FAIL $text"
        tail -n 15 <<<"$said" | sed 's/^/       /'
    fi
}

# within SECONDS COMMAND...: asks until it is so. What the last try said is all that is told.
within() {
    local end=$((SECONDS + $1)) said
    shift
    until said=$("$@" 2>&1); do
        ((SECONDS < end)) || { echo "$said"; return 1; }
        sleep 0.2
    done
    echo "$said"
}

# same SEEN EXPECTED: where nothing was expected, something is wrong with the question.
same() {
    [[ -n $2 && $1 == "$2" ]] || { printf 'seen:     %s\nexpected: %s\n' "$1" "$2"; return 1; }
}

# says PATTERN COMMAND...: the output has a line that fits.
says() {
    local pattern=$1 said
    shift
    said=$("$@" 2>&1) || true
    grep -qE -- "$pattern" <<<"$said" || { printf 'no line fits %s in:\n%s\n' "$pattern" "$said"; return 1; }
}

silent() {
    local said
    said=$("$@" 2>&1) || { printf 'code %s\n%s\n' $? "$said"; return 1; }
    [[ -z $said ]] || { echo "$said"; return 1; }
}

property() {
    systemctl show --property "$1" --value "${2:-tcplens}"
}

process() {
    property MainPID
}

# api PATH [JQ]: what the monitor answers, or a part of it.
api() {
    curl --silent --show-error --fail --max-time 10 "$base$1" | jq -r "${2:-.}"
}

# is PATH JQ: whether that is true of what the monitor answers.
is() {
    local answer
    answer=$(api "$1" "$2") || return
    [[ $answer == true ]] || { echo "$1: $2: $answer"; api "$1" | head -c 1500; return 1; }
}

runs() {
    same "$(property ActiveState)/$(property SubState)" active/running && curl --silent --show-error --fail --max-time 5 "$base/healthz"
}

readonly group=/sys/fs/cgroup/system.slice/tcplens.service

# The largest peak of memory of all runs, in MiB.
keep_peak() {
    local now=0
    [[ ! -e $group/memory.peak ]] || now=$(($(cat $group/memory.peak) / 1048576))
    ((now <= $(cat /var/memory 2>/dev/null || echo 0))) || echo "$now" >/var/memory
}

restart() {
    keep_peak
    systemctl daemon-reload
    systemctl restart tcplens
    within 15 runs >/dev/null
}

# drop_in NAME: the lines that the unit's own comment gives for it, as an administrator would add them.
drop_in() {
    local file=/etc/systemd/system/tcplens.service.d/$1.conf lines
    lines=$(awk -v name="# Drop-in $1:" 'index($0, name) == 1 { found = 1 } found && /^#   / { print substr($0, 5); next } found && seen { exit } found && /:$/ { seen = 1 }' \
        /etc/systemd/system/tcplens.service)
    check "the unit's comment has the drop-in $1" test -n "$lines"
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "[Service]" "$lines" >"$file"
}

no_drop_ins() {
    rm -rf /etc/systemd/system/tcplens.service.d
}

# The configuration file, with these lines below [sampling]. An emulated machine is too slow for the standard budget.
configure() {
    mkdir -p /etc/tcplens
    printf '%s\n' '[sampling]' 'cpu_budget_percent = 100.0' "$@" >/etc/tcplens/tcplens.toml
}

# Nothing configured but the budget.
unconfigured() {
    configure '# nothing else'
}

# without_kernel [OPTION...] -- COMMAND: runs it where the kernel tells sockets by /proc alone. Whoever still knows of netlink has asked the monitor.
without_kernel() {
    local -a options=()
    while [[ $1 != -- ]]; do options+=("$1"); shift; done
    shift
    systemd-run --quiet --pipe --wait --collect --property RestrictAddressFamilies=AF_UNIX "${options[@]}" "$@" </dev/null
}

# Capabilities of the service's process, as words.
capabilities() {
    sed -nE 's/^Cap(Eff|Bnd|Amb):\t/\1=/p' "/proc/$(process)/status" | paste -sd' '
}
