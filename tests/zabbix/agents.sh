# shellcheck shell=bash
# What looks and what is looked at. Agents: classic, agent 2 and TcpLens itself, as nobody, in the caller's network namespace or in that of a given process.

# agent KIND NAME [PID]
agent() {
    local kind=$1 name=$2 into=${3:-} address=127.0.0.1 source=127.0.0.1 port
    fetch
    mkdir -p "$state"/{log,run,ports} "$state/agents/$name.d"
    if [[ -n $into ]]; then
        read -r source address < <(connect "$into")
    fi
    port=$(port_of "$name")
    echo "$address $port" >"$state/agents/$name.address"
    case $kind in
        agentd | agent2) zabbix_agent_configuration >"$state/agents/$name.conf" ;;
        tcplens) tcplens_configuration >"$state/agents/$name.conf" ;;
        *) fail "no kind of agent '$kind': agentd, agent2, tcplens" ;;
    esac
    chown -R 65534:65534 "$state"/{log,run,agents}
    case $kind in
        agentd) daemon "$name" zabbix_agentd --foreground --config "/lab/agents/$name.conf" ;;
        agent2) daemon "$name" zabbix_agent2 --foreground --config "/lab/agents/$name.conf" ;;
        tcplens) daemon "$name" tcplens zabbix agent --config "/lab/agents/$name.conf" ;;
    esac
    # TcpLens may be told to answer nobody who does not encrypt; once it listens it answers.
    if [[ $kind == tcplens ]]; then
        await "$name" 20 listens "$address" "$port"
    else
        await "$name" 20 agent_get "$name" agent.ping
    fi
    echo "$address $port"
}

zabbix_agent_configuration() {
    cat <<CONF
PidFile=/lab/run/$name.pid
LogType=file
LogFile=/lab/log/$name.log
LogFileSize=0
ListenIP=$address
ListenPort=$port
Server=$source
ServerActive=127.0.0.1:$(port_of server)
Hostname=$name
Timeout=10
Include=/lab/agents/$name.d/*.conf
CONF
    case $kind in
        agentd) echo "StartAgents=3" ;;
        agent2) printf 'ControlSocket=/lab/run/%s.ctl\nPluginSocket=/lab/run/%s.plugin\n' "$name" "$name" ;;
    esac
}

# The program itself as an agent; its drop-in are lines of its own configuration, behind these.
tcplens_configuration() {
    cat <<CONF
zabbix_agent.listen = "$address:$port"
zabbix_agent.allow = "$source"
zabbix_agent.hostname = "$name"
zabbix_agent.timeout = "10s"
zabbix_buffer.file = "/lab/agents/$name.buffer"
CONF
    cat "$state/agents/$name.d/"*.conf 2>/dev/null || true
}

# drop_in NAME: from standard input.
drop_in() {
    mkdir -p "$state/agents/$1.d"
    cat >"$state/agents/$1.d/tcplens.conf"
}

# secret NAME: from standard input.
secret() {
    mkdir -p "$state/tls"
    install --mode=600 --owner=65534 --group=65534 /dev/stdin "$state/tls/$1"
}

# site NAME PID PORT: something for clients to connect to.
site() {
    local name=$1 into=$2
    mkdir -p "$state"/{log,run}
    daemon "$name" "php${php[$version]}" -n -S "127.0.0.1:$3" -t /tmp
}

# connect PID: a cable between this network namespace and that of the process; prints our address and its address.
connect() {
    local net=/proc/$1/ns/net link number name tries net4 half
    link=$(nsenter "--net=$net" ip -brief address show type veth | awk '{ split($3, half, "/"); print half[1]; exit }')
    if [[ -n $link ]]; then
        half=${link##*.}
        echo "${link%.*}.$((half - 1)) $link"
        return
    fi
    # No address comes twice in a lab: a server goes on asking at the address of an agent that has ended, and whoever had it next would be asked instead.
    for ((tries = 0; tries < 32768; tries++)); do
        number=$(next_network)
        name=zabbix-lab$number
        net4=$(network "$number")
        ip link add "$name" type veth peer name lab-server netns "$1" 2>/dev/null || continue
        ip address add "${net4%.*}.$((${net4##*.} + 1))/30" dev "$name"
        ip link set "$name" up
        nsenter "--net=$net" ip address add "${net4%.*}.$((${net4##*.} + 2))/30" dev lab-server
        nsenter "--net=$net" ip link set lab-server up
        nsenter "--net=$net" ip route add "$(server_address)/32" via "${net4%.*}.$((${net4##*.} + 1))"
        echo "${net4%.*}.$((${net4##*.} + 1)) ${net4%.*}.$((${net4##*.} + 2))"
        return
    done
    fail "no network left for another agent"
}

# 198.18.0.0/15 is set aside for tests between two machines (RFC 2544): nobody's real network.
network() {
    echo "198.$((18 + $1 / 16384)).$(($1 / 64 % 256)).$(($1 % 64 * 4))"
}

# The number of a network that no agent of this machine's labs had before, by turns.
next_network() {
    (
        flock 9
        # Read before it is opened for writing, which empties it.
        number=$((($(cat "$lab/last-network" 2>/dev/null || echo -1) + 1) % 32768))
        echo "$number" >"$lab/last-network"
        echo "$number"
    ) 9>"$lab/last-network.lock"
}

# agent_get NAME KEY...: one line for each key, as zabbix_get prints it.
agent_get() {
    local name=$1 address port key
    shift
    read -r address port <"$state/agents/$name.address"
    for key in "$@"; do
        enter zabbix_get --host "$address" --port "$port" --key "$key"
    done
}

# The port stays: an agent that is started again answers where the server looks for it.
stop_agent() {
    halt "$@"
    rm -f "$state/agents/$1.address"
}
