# shellcheck shell=bash
# Commands and agents of the same host ask the service over its local socket.

local_socket() {
    local gid
    useradd --system zabbix
    useradd --create-home visitor
    check "the socket is in /run/tcplens" test -S /run/tcplens/tcplens.sock
    check "who is not of its group may not ask" same "$(stat -c %a /run/tcplens/tcplens.sock)" 660
    check "where the kernel tells /proc alone, a command that asks nobody says so" says '"source": "proc"' \
        without_kernel --setenv TCPLENS_SOCKET_PATH= -- /usr/bin/tcplens states --json
    check "root's tcplens asks the service" says '"source": "netlink"' without_kernel -- /usr/bin/tcplens states --json
    check "root's zabbix get asks the service" is_told root
    check "a plain user reads the kernel, and gets the same" says '"source": "netlink"' runuser -u visitor -- tcplens states --json
    check "a plain user's zabbix get is a number" says '^[0-9]+$' runuser -u visitor -- tcplens zabbix get LISTEN
    check "the agent's user is told why the service does not answer" says 'socket.group' \
        eval "runuser -u zabbix -- tcplens zabbix get tcplens.states | jq -r .monitor.remark"
    check "a plain user is told what keeps him from the history" says 'history.db' runuser -u visitor -- tcplens history

    gid=$(id -g zabbix)
    configure '[socket]' 'group = "zabbix"'
    drop_in group
    restart
    check "the socket belongs to the group zabbix" same "$(stat -c '%g %a' /run/tcplens/tcplens.sock)" "$gid 660"
    check "it still has no capability" says 'Eff=0000000000000000' capabilities
    check "the agent's user asks the service" is_told zabbix
    check "his tcplens as well" says '"source": "netlink"' without_kernel --property User=zabbix -- /usr/bin/tcplens states --json
    check "others do not" says '"source": "proc"' without_kernel --property User=visitor -- /usr/bin/tcplens states --json
    check "root asks still" is_told root
    check "and gets findings, which the service alone has" says '"worst"|"count"|"findings"' tcplens zabbix get tcplens.findings
    unconfigured
    no_drop_ins
    restart
}

# is_told USER: whether the service answers that user's agent.
is_told() {
    local answer
    answer=$(runuser -u "$1" -- tcplens zabbix get tcplens.states | jq .monitor.runs)
    same "$answer" 1
}
