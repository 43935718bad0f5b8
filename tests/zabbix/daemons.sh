# shellcheck shell=bash
# The daemons of one version: how they are started, recognised and stopped.

enter() {
    "$PWD/tests/zabbix/enter" "$root" "$state" "$@"
}

# daemon NAME COMMAND...: starts it in a process group of its own, unless it runs. $into may name a process whose network it gets.
daemon() {
    local name=$1
    shift
    ! alive "$name" || return 0
    rm -f "$state/run/$name.process"
    PROCESS_FILE=$state/run/$name.process setsid ${into:+nsenter "--net=/proc/$into/ns/net" --} \
        "$PWD/tests/zabbix/enter" "$root" "$state" "$@" </dev/null >>"$state/log/$name.out" 2>&1 &
    until [[ -s $state/run/$name.process ]]; do
        kill -0 $! 2>/dev/null || { cat "$state/log/$name.out" >&2; fail "$name of Zabbix $version does not start"; }
        sleep 0.02
    done
}

pid_of() {
    cut -d ' ' -f 1 "$state/run/$1.process" 2>/dev/null || echo 0
}

# A number may belong to somebody else by now; number and start time never do.
alive() {
    local pid started
    read -r pid started 2>/dev/null <"$state/run/$1.process" &&
        [[ $(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | cut -d ' ' -f 1,20) == [!Z]" $started" ]]
}

# await NAME SECONDS COMMAND...: until the command succeeds; a daemon that ends meanwhile shows its last words.
await() {
    local name=$1 deadline=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS > deadline)) || ! alive "$name"; then
            tail -n 15 "$state/log/$name".* >&2 || true
            fail "$name of Zabbix $version does not answer; its log is $state/log/$name.log"
        fi
        sleep 0.1
    done
}

# halt NAME [SIGNAL]: the whole group, so that no worker is left.
halt() {
    local pid signal=${2:-TERM} tries
    pid=$(pid_of "$1")
    if alive "$1"; then
        if [[ $signal == INT ]]; then kill -INT "$pid"; else kill "-$signal" -- "-$pid"; fi
        for ((tries = 0; tries < 150; tries++)); do
            alive "$1" || break
            sleep 0.1
        done
        ! alive "$1" || kill -KILL -- "-$pid"
    fi
    rm -f "$state/run/$1.process"
}

# A port of 127.0.0.1 that nobody uses, remembered under NAME.
port_of() {
    local file=$state/ports/$1 port
    if [[ ! -s $file ]]; then
        for ((;;)); do
            port=$((20000 + RANDOM % 10000))
            ! grep -qx "$port" "$state"/ports/* 2>/dev/null || continue
            listens 127.0.0.1 "$port" || break
        done
        echo "$port" >"$file"
    fi
    cat "$file"
}

listens() {
    (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

up() {
    local started=$SECONDS
    fetch
    [[ -e $state/database-is-filled ]] || rm -rf "$state/pg"
    mkdir -p "$state"/{log,run,ports,pg}
    chown -R 65534:65534 "$state"
    chmod 700 "$state/pg"
    database_up
    server_up
    frontend_up
    say "Zabbix $version is up after $((SECONDS - started)) s: $(url) (Admin / zabbix)"
}

database_up() {
    local bin=/usr/lib/postgresql/${postgres[$version]}/bin
    [[ -s $state/pg/PG_VERSION ]] ||
        enter "$bin/initdb" -D /lab/pg --username=zabbix --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$state/log/initdb.log"
    # No port at all: whoever may see the socket file may talk to it. The data is disposable, so it need not survive a crash.
    daemon postgres "$bin/postgres" -D /lab/pg -c listen_addresses= -c unix_socket_directories=/lab/run -c fsync=off \
        -c synchronous_commit=off -c full_page_writes=off -c jit=off -c shared_buffers=64MB -c max_connections=60
    await postgres 30 sql postgres -c 'select 1'
    [[ ! -e $state/database-is-filled ]] || return 0
    sql postgres -c 'create database zabbix'
    local part
    for part in schema images data; do
        gunzip --stdout "$root/usr/share/zabbix-server-pgsql/$part.sql.gz" | sql zabbix >"$state/log/filling.log" 2>&1 ||
            { tail -n 3 "$state/log/filling.log" >&2; fail "$part.sql does not fit into the database"; }
    done
    # Without statistics some of the frontend's queries take minutes.
    sql zabbix -c analyze
    touch "$state/database-is-filled"
}

sql() {
    local database=zabbix
    case ${1:-} in
        postgres | zabbix) database=$1; shift ;;
    esac
    enter "/usr/lib/postgresql/${postgres[$version]}/bin/psql" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 \
        --host=/lab/run --username=zabbix --dbname="$database" "$@"
}

# An address of this machine at which agents in other network namespaces reach the server. It goes when the lab goes down.
server_address() {
    mkdir -p "$state"
    [[ -s $state/server-address ]] || network "$(next_network)" >"$state/server-address"
    cat "$state/server-address"
}

server_up() {
    ip address replace "$(server_address)/32" dev lo
    cat >"$state/server.conf" <<CONF
ListenIP=127.0.0.1,$(server_address)
ListenPort=$(port_of server)
DBHost=/lab/run
DBName=zabbix
DBUser=zabbix
LogFile=/lab/log/server.log
LogFileSize=0
PidFile=/lab/run/server.pid
SocketDir=/lab/run
CacheUpdateFrequency=5
Timeout=10
StartPollers=3
StartPollersUnreachable=1
StartTrappers=2
StartPingers=0
StartDiscoverers=1
StartHTTPPollers=0
StartODBCPollers=0
StartPreprocessors=2
StartLLDProcessors=1
StartReportWriters=0
StartDBSyncers=1
StartEscalators=1
StartTimers=1
StartAlerters=1
AllowUnsupportedDBVersions=1
UnreachablePeriod=3
UnreachableDelay=1
UnavailableDelay=3
$([[ ! -e $state/tls/server.key ]] || printf 'TLS%s\n' CAFile=/lab/tls/ca.pem CertFile=/lab/tls/server.pem KeyFile=/lab/tls/server.key)
CONF
    daemon server zabbix_server --foreground --config /lab/server.conf
    await server 30 listens 127.0.0.1 "$(port_of server)"
}

# proxy NAME: an active proxy of the server, with a database of its own; prints the ADDRESS PORT at which it takes what is sent.
proxy() {
    local name=$1 port
    fetch
    mkdir -p "$state"/{log,run,ports}
    port=$(port_of "$name")
    cat >"$state/$name.conf" <<CONF
ProxyMode=0
Server=127.0.0.1:$(port_of server)
Hostname=$name
ListenIP=127.0.0.1,$(server_address)
ListenPort=$port
DBName=/lab/run/$name.db
LogFile=/lab/log/$name.log
LogFileSize=0
PidFile=/lab/run/$name.pid
SocketDir=/lab/run
$([[ $version == 6.0 ]] && echo ConfigFrequency=5 || echo ProxyConfigFrequency=5)
DataSenderFrequency=1
Timeout=10
StartPollers=1
StartPollersUnreachable=1
StartTrappers=2
StartPingers=0
StartDiscoverers=1
StartHTTPPollers=0
StartODBCPollers=0
StartPreprocessors=1
StartDBSyncers=1
UnreachablePeriod=3
UnreachableDelay=1
UnavailableDelay=3
CONF
    chown -R 65534:65534 "$state"/{log,run}
    daemon "$name" zabbix_proxy --foreground --config "/lab/$name.conf"
    await "$name" 30 listens 127.0.0.1 "$port"
    echo "$(server_address) $port"
}

reload() {
    enter zabbix_server --config /lab/server.conf --runtime-control config_cache_reload >/dev/null
}

status() {
    local file name
    for file in "$state"/run/*.process; do
        [[ -e $file ]] || continue
        name=$(basename "$file" .process)
        if alive "$name"; then echo "$name runs, process $(pid_of "$name")"; else echo "$name has ended"; fi
    done
    [[ ! -s $state/ports/web ]] || echo "frontend $(url), Admin / zabbix; server 127.0.0.1:$(port_of server)"
}

down() {
    local file name
    for file in "$state"/run/*.process; do
        name=$(basename "$file" .process)
        [[ -e $file && $name != postgres ]] || continue
        halt "$name"
    done
    halt postgres INT
    ip address delete "$(cat "$state/server-address" 2>/dev/null)/32" dev lo 2>/dev/null || true
    rm -rf "$state/ports" "$state/server-address"
}
