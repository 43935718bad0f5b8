# shellcheck shell=bash
# Each drop-in of the unit's comment as it is written there, and all of them at once.

drop_ins() {
    hold other-user User=visitor -- port=7010 established=10
    # Its listener, two ends of each connection and the three that every process has: 40 of 42. It needs one more while it starts.
    hold crowded User=visitor LimitNOFILE=42 -- port=7011 established=18
    check "without a drop-in the other user's process is not named" without_name
    namespaces
    ebpf
    descriptors
    token
    everything
    systemctl stop other-user crowded in-blue
}

without_name() {
    ! owner_of process port:7010 | grep holder
}

has_name() {
    says 'holder|perl' owner_of process port:7010
}

finds_crowd() {
    says '^tcplens_finding\{rule="descriptors",severity="critical"\} 1' curl --silent "$base/metrics"
}

finds_no_crowd() {
    ! finds_crowd >/dev/null
}

blue_is_seen() {
    is /api/v1/report '[.namespaces[] | select(.netns == "blue")] | length == 1 and .[0].error == null and .[0].states.established == 46 and .[0].states.listen == 1'
}

may() {
    is /api/v1/report "[.visibility[] | select(.what.en | test(\"$1\"))] | length == 1 and .[0].can"
}

namespaces() {
    configure 'netns = "all"'
    restart
    check "without rights, other namespaces are read as far as that goes, and it is said" within 10 is /api/v1/report \
        '[.visibility[] | select(.what.en | test("other network namespaces"))] | .[0].can == false and (.[0].needs.en | test("CAP_SYS_ADMIN"))'
    drop_in namespaces
    restart
    check "namespaces: its capabilities are these two alone" says 'Eff=0000000000280000 Bnd=0000000000280000' capabilities
    # The first one of all: until now there was not even a directory for their names.
    ip netns add blue
    ip -n blue link set lo up
    hold in-blue NetworkNamespacePath=/run/netns/blue -- established=23
    check "namespaces: the first one of ip netns is seen, exactly" within 20 blue_is_seen
    check "namespaces: it says that it sees them" may "other network namespaces"
    ip netns add late
    check "namespaces: one that is made later is seen" within 20 is /api/v1/report '[.namespaces[] | select(.netns == "late")] | length == 1 and .[0].error == null'
    ip netns delete late
    check "namespaces: one that is deleted is forgotten" within 20 is /api/v1/report '[.namespaces[] | select(.netns == "late")] | length == 0'
    restart
    check "namespaces: one that was there before is seen" within 20 blue_is_seen
    hold apart PrivateNetwork=yes User=visitor -- established=3
    check "namespaces: that of another user's service is seen" within 20 is /api/v1/report \
        '[.namespaces[] | select(.error == null and .states.established == 6 and .states.listen == 1)] | length == 1'
    check "namespaces: /metrics tells them" within 10 says 'netns="blue"' curl --silent "$base/metrics"
    systemctl stop apart
    no_drop_ins
    unconfigured
    restart
}

ebpf() {
    drop_in ebpf
    restart
    check "ebpf: its capabilities are these two alone" says 'Eff=000000c000000000 Bnd=000000c000000000' capabilities
    check "ebpf: another user's process is named" within 15 has_name
    check "ebpf: it says that it sees the owners" may "which process of any user"
    check "ebpf: whose descriptors run out remains unknown" finds_no_crowd
    configure 'source = "bpf"'
    systemctl reload tcplens
    check "ebpf: the kernel is read by it" within 15 is /api/v1/states '.source == "bpf" and .completeness == "complete"'
    check "ebpf: the numbers are those of ss" within 10 equals_ss
    configure 'source = "bpf"' 'netns = "all"'
    systemctl reload tcplens
    check "ebpf: with netns = \"all\", what may not be seen is said" within 10 is /api/v1/report \
        '[.visibility[] | select(.what.en | test("other network namespaces"))] | .[0].can == false'
    no_drop_ins
    restart
    check "without the drop-in, source = \"bpf\" is refused with the reason" within 15 says 'CAP_BPF' journalctl --unit tcplens --boot --lines 30 --output cat --no-pager
    unconfigured
    restart
}

descriptors() {
    drop_in descriptors
    restart
    check "descriptors: its capabilities are these two alone" says 'Eff=0000000000080004 Bnd=0000000000080004' capabilities
    check "descriptors: another user's process is named" within 15 has_name
    check "descriptors: it says that it sees the owners" may "which process of any user"
    check "descriptors: another user's process that runs out of descriptors is found" within 90 finds_crowd
    no_drop_ins
    restart
}

# A neighbour in another namespace, as a browser in the network is.
token() {
    local secret page=http://10.77.0.1:11011
    ip netns add outside
    ip link add inner type veth peer name outer netns outside
    ip address add 10.77.0.1/24 dev inner
    ip link set inner up
    ip -n outside address add 10.77.0.2/24 dev outer
    ip -n outside link set outer up
    mkdir -p /etc/tcplens
    (head -c 32 /dev/urandom | base64 > /etc/tcplens/token && chmod 600 /etc/tcplens/token)
    secret=$(cat /etc/tcplens/token)
    drop_in token
    systemctl daemon-reload
    check "token: the service starts with it" systemctl restart tcplens
    check "token: from the network, without it there is nothing" within 10 same_code 401 "$page/api/v1/states"
    check "token: with it there is everything" same_code 200 --header "Authorization: Bearer $secret" "$page/metrics"
    check "token: a wrong one does not help" same_code 401 --header "Authorization: Bearer ${secret}x" "$page/metrics"
    check "token: a browser is sent to the login" same_code 302 "$page/"
    check "token: the service alone can read it" silent no_credential
    no_drop_ins
    restart
    check "token: without the drop-in it is on loopback again" same "$(ss -Htln 'sport = 11011' | awk '{ print $4 }')" 127.0.0.1:11011
    configure '[web]' 'listen = "*:11011"'
    systemctl restart tcplens 2>/dev/null
    check "without a token it does not listen to the network, and says why" within 10 says 'token_file' journalctl --unit tcplens --boot --lines 20 --output cat --no-pager
    unconfigured
    restart
    ip netns delete outside
}

same_code() {
    local expected=$1
    shift
    same "$(ip netns exec outside curl --silent --output /dev/null --max-time 10 --write-out '%{http_code}' "$@")" "$expected"
}

no_credential() {
    runuser -u visitor -- cat /run/credentials/tcplens.service/token 2>/dev/null && echo "a plain user read it" || true
}

everything() {
    local name
    for name in namespaces ebpf descriptors group; do drop_in "$name"; done
    configure 'netns = "all"' 'source = "bpf"' '[socket]' 'group = "zabbix"'
    restart
    check "all drop-ins at once: the capabilities add up" says 'Eff=000000c000280004 ' capabilities
    check "all drop-ins at once: systemd-analyze verify finds nothing" silent systemd-analyze verify tcplens.service
    check "all drop-ins at once: eBPF reads" within 15 is /api/v1/states '.source == "bpf" and .completeness == "complete"'
    check "all drop-ins at once: the other namespaces are seen" within 15 blue_is_seen
    check "all drop-ins at once: other users' processes are named" within 15 has_name
    check "all drop-ins at once: the agent's user asks the service" within 5 is_told zabbix
    check "all drop-ins at once: nothing is out of sight" is /api/v1/report '[.visibility[] | select(.can | not)] | length == 0'
    no_drop_ins
    unconfigured
    restart
}
