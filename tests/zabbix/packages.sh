# shellcheck shell=bash
# The packages of one Zabbix version from Debian's archive, unpacked into a root directory of their own. Nothing is installed on the host.

declare -A suite=([6.0]=bookworm [7.0]=trixie)
declare -A php=([6.0]=8.2 [7.0]=8.4)
declare -A postgres=([6.0]=15 [7.0]=17)

# What a lab needs, a line for what can be installed together. php-cgi satisfies what asks for "php", which would otherwise bring a web server.
wanted_packages() {
    echo dash coreutils gzip libc-bin locales "postgresql-${postgres[$version]}" zabbix-server-pgsql zabbix-frontend-php zabbix-agent zabbix-agent2 \
        "php${php[$version]}-"{cgi,cli,pgsql}
    echo zabbix-proxy-sqlite3
}

# fetch VERSION: downloads and unpacks what is not there yet.
fetch() {
    [[ ! -e $root/unpacked || $(<"$root/unpacked") != "$(wanted_packages)" ]] || return 0
    say "fetching Zabbix $version with its PostgreSQL and PHP (Debian ${suite[$version]})"
    local apt=$home/apt
    mkdir -p "$apt"/{lists,archives}/partial
    : >"$apt/status"
    apt_configuration >"$apt/apt.conf"
    APT_CONFIG=$apt/apt.conf apt-get --quiet=2 update
    local packages
    while read -ra packages; do
        APT_CONFIG=$apt/apt.conf apt-get --quiet=2 --yes --no-install-recommends --download-only install "${packages[@]}" \
            >"$apt/log" 2>&1 </dev/null || { tail -n 5 "$apt/log" >&2; fail "apt could not download Zabbix $version"; }
    done < <(wanted_packages)
    unpack "$apt/archives"
    rm -rf "$apt"
}

# An apt that knows one suite and an empty system; how to reach the archive, and which one, it learns from the host's own.
apt_configuration() {
    local keyring uri
    for keyring in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
        [[ ! -e $keyring ]] || break
    done
    [[ -e $keyring ]] || fail "no /usr/share/keyrings/debian-archive-keyring.gpg: apt-get install debian-archive-keyring"
    # shellcheck disable=SC2016
    uri=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
        awk '$1 ~ /^(bookworm|trixie|stable|oldstable)$/ && $2 == "main" { print $3; exit }')
    [[ -n $uri ]] || fail "the host's apt names no Debian archive: the lab needs Debian 12 or 13"
    echo "deb [signed-by=$keyring] $uri ${suite[$version]} main" >"$apt/sources.list"

    # Proxies and credentials stay as they are; the host's hooks and caches are left out.
    apt-config dump Acquire | grep -E '::(Proxy|Retries|Timeout|Verify-Peer|CaInfo)' || true
    cat <<CONF
Dir::Etc::Main "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
Dir::State "$apt";
Dir::State::Lists "$apt/lists";
Dir::State::Status "$apt/status";
Dir::Cache "$apt";
Dir::Cache::Archives "$apt/archives";
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
}

unpack() {
    local package directory
    rm -rf "$root"
    mkdir -p "$root"/usr/{bin,sbin,lib,lib64} "$root"/{proc,dev,tmp,lab,etc}
    for directory in bin sbin lib lib64; do
        ln -s "usr/$directory" "$root/$directory"
    done
    for package in "$1"/*.deb; do
        dpkg-deb --fsys-tarfile "$package" | tar --extract --keep-directory-symlink --no-same-owner --directory "$root"
    done
    chmod 1777 "$root/tmp"
    # The users that maintainer scripts would have made: here the same nobody as on the host.
    printf 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/lab:/bin/sh\n' >"$root/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
    : >"$root/usr/bin/tcplens"
    ln -sf /lab/zabbix.conf.php "$root/etc/zabbix/zabbix.conf.php"
    local language
    for language in en_US zh_CN; do
        chroot "$root" localedef --inputfile="$language" --charmap=UTF-8 "$language.UTF-8"
    done
    wanted_packages >"$root/unpacked"
}
