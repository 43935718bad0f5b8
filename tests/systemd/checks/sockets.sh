# shellcheck shell=bash
# Numbers and owners, held against what was made and against ss.

# hold NAME OPTIONS... -- HOLDS...: a unit that holds sockets.
hold() {
    local name=$1
    local -a options=()
    shift
    while [[ $1 != -- ]]; do options+=(--property "$1"); shift; done
    shift
    systemd-run --quiet --unit "$name" "${options[@]}" /checks/holder "$@"
}

# state NAME: what ss says, which does not know CLOSE.
of_ss() {
    ss -Htan state "$1" | wc -l
}

equals_ss() {
    local seen expected
    seen=$(api /api/v1/states '[.states | .listen.total, .established.total, .fin_wait2.total, .close_wait.total] | join(" ")')
    expected="$(of_ss listening) $(of_ss established) $(of_ss fin-wait-2) $(of_ss close-wait)"
    same "$seen" "$expected"
}

sockets_counted() {
    hold held -- established=40 close_wait=7 bound=5
    check "made sockets are counted: CLOSE_WAIT" within 10 is /api/v1/states '.states.close_wait.total == 7 and .states.fin_wait2.total == 7'
    check "the numbers are those of ss" within 10 equals_ss
    if is /api/v1/states '.close_reason == null' >/dev/null; then
        check "bound sockets are counted: CLOSE" within 10 is /api/v1/states '.states.close.total == 5'
    else
        check "this kernel does not tell CLOSE: it is null, with the reason" is /api/v1/states '.states.close == null and (.close_reason | length > 0)'
    fi
    check "in all eleven states, under tcplens lab" eleven_states
    systemctl stop held
    check "ended sockets are gone" within 10 is /api/v1/states '.states.close_wait.total == 0'
}

eleven_states() {
    local held="listen=3 syn_sent=5 syn_recv=7 established=11 fin_wait1=13 fin_wait2=17 time_wait=19 close_wait=29 last_ack=31 closing=37" pair csv
    # shellcheck disable=SC2086 # words on purpose
    csv=$(tcplens lab $held -- tcplens states --csv) || return
    for pair in $held; do
        grep -q ",${pair%=*},${pair#*=}," <<<"$csv" || { echo "$pair"; echo "$csv"; return 1; }
    done
}

owner_of() {
    api "/api/v1/connections/groups?by=$1&filter=$2" '[.groups[].key] | join(" ")'
}

named() {
    same "$(owner_of service "port:$1")" "$2"
}

units_named() {
    hold web-shop User=visitor -- port=7001 established=10
    check "the unit of a listener and its connections is named" within 15 named 7001 web-shop.service
    check "as root's command tells it too" says 'web-shop.service' tcplens by service port:7001
    hold hidden DynamicUser=yes -- port=7002
    check "that of a dynamic user as well" within 15 named 7002 hidden.service
    cat >/etc/systemd/system/door.socket <<'UNIT'
[Socket]
ListenStream=127.0.0.1:7003
UNIT
    cat >/etc/systemd/system/door.service <<'UNIT'
[Service]
User=visitor
ExecStart=/checks/holder
UNIT
    systemctl daemon-reload
    systemctl start door.socket
    check "a socket that waits for its service is named by its own unit" within 15 named 7003 door.socket
    exec 7<>/dev/tcp/127.0.0.1/7003
    check "what its service accepted as well, beside the caller's unit" within 15 named 7003 "door.socket checks.service"
    check "root's command, which sees processes, names the service" within 15 says 'door.service' tcplens by service port:7003
    exec 7>&-
    systemctl stop door.socket door.service hidden web-shop
}
