# shellcheck shell=bash
# The frontend in PHP's own web server, and its API.

frontend_up() {
    local extension directory
    directory=$(find "$root/usr/lib/php" -maxdepth 1 -name '20*')
    local -a php_options=(-n -d "extension_dir=${directory#"$root"}")
    for extension in "$directory"/{bcmath,ctype,dom,gd,gettext,mbstring,pgsql,simplexml,sockets,xml,xmlreader,xmlwriter}.so; do
        [[ ! -e $extension ]] || php_options+=(-d "extension=$(basename "$extension" .so)")
    done
    cat >"$state/zabbix.conf.php" <<CONF
<?php
\$DB = ['TYPE' => 'POSTGRESQL', 'SERVER' => '/lab/run', 'PORT' => '0', 'DATABASE' => 'zabbix', 'USER' => 'zabbix', 'PASSWORD' => '',
    'SCHEMA' => '', 'ENCRYPTION' => false, 'KEY_FILE' => '', 'CERT_FILE' => '', 'CA_FILE' => '', 'VERIFY_HOST' => false,
    'CIPHER_LIST' => '', 'VAULT' => '', 'VAULT_URL' => '', 'VAULT_DB_PATH' => '', 'VAULT_TOKEN' => '', 'VAULT_PREFIX' => '', 'DOUBLE_IEEE754' => true];
\$ZBX_SERVER = '127.0.0.1';
\$ZBX_SERVER_PORT = '$(port_of server)';
\$ZBX_SERVER_NAME = 'TcpLens lab';
\$IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
CONF
    daemon web env PHP_CLI_SERVER_WORKERS=4 "php${php[$version]}" "${php_options[@]}" -d memory_limit=256M -d post_max_size=32M \
        -d max_execution_time=300 -d max_input_time=300 -d date.timezone=UTC -d session.save_path=/lab/run \
        -S "127.0.0.1:$(port_of web)" -t "$(frontend_files)"
    await web 20 listens 127.0.0.1 "$(port_of web)"
}

frontend_files() {
    if [[ -d $root/usr/share/zabbix/ui ]]; then echo /usr/share/zabbix/ui; else echo /usr/share/zabbix; fi
}

url() {
    [[ -s $state/ports/web ]] || fail "Zabbix $version is not up"
    echo "http://127.0.0.1:$(port_of web)"
}

# post JSON [TOKEN]: one call. 6.0 takes the token in the body alone, 7.0 in the header as well.
post() {
    local token=${2:-}
    if [[ $version == 6.0 && -n $token ]]; then
        set -- "${1%\}},\"auth\":\"$token\"}"
        token=
    fi
    curl --silent --show-error --max-time 120 --header 'Content-Type: application/json-rpc' \
        ${token:+--header "Authorization: Bearer $token"} --data-binary @- "$(url)/api_jsonrpc.php" <<<"$1"
}

# api METHOD [PARAMS]
api() {
    local parameters=${2:-"{}"}
    post "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$1\",\"params\":$parameters}" "$(token)"
    echo
}

# The token is made once, by the login that it then replaces; who asks meanwhile waits for it.
token() {
    [[ -s $state/token ]] || make_token 9>"$state/token.lock"
    cat "$state/token"
}

make_token() {
    local session id
    flock 9
    [[ ! -s $state/token ]] || return 0
    session=$(post '{"jsonrpc":"2.0","id":1,"method":"user.login","params":{"username":"Admin","password":"zabbix"}}' | field result)
    id=$(post '{"jsonrpc":"2.0","id":1,"method":"token.create","params":{"name":"lab"}}' "$session" | sed -nE 's/.*"tokenids":\["([0-9]+)"\].*/\1/p')
    post "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"token.generate\",\"params\":[\"$id\"]}" "$session" | field token >"$state/token.new"
    mv "$state/token.new" "$state/token"
}

field() {
    sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p"
}
