#!/usr/bin/env bash
# Brings Debian's two Zabbix agents into artifacts/zabbix-agents for the tests, with the libraries that this system lacks. They are
# unpacked there and nowhere else: nothing is installed, no service starts, no configuration of the system changes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
agents=$PWD/artifacts/zabbix-agents
packages=(zabbix-agent zabbix-agent2)
[[ ! -e $agents/complete ]] || exit 0

# apt_quietly ARGUMENTS...: what apt says is only of interest when it fails.
apt_quietly() {
    apt-get --quiet=2 -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=300 "$@" >"$agents/log" 2>&1 || { cat "$agents/log" >&2; return 1; }
}

rm -rf "$agents"
mkdir -p "$agents/packages"
apt-cache policy "${packages[@]}" | grep -q 'Candidate: [^(]' || apt_quietly update
# A simulated installation names what is missing on this system. An agent that is installed already is taken as a package all the same.
mapfile -t missing < <(apt-get --simulate --quiet=2 install --no-install-recommends "${packages[@]}" | awk '/^Inst/ { print $2 }')
mapfile -t wanted < <(printf '%s\n' "${packages[@]}" "${missing[@]}" | sort -u)
cd "$agents/packages"
apt_quietly download "${wanted[@]}" || { apt_quietly update && apt_quietly download "${wanted[@]}"; }
for package in *.deb; do
    dpkg-deb -x "$package" "$agents"
done
rm -rf "$agents/packages" "$agents/log"
touch "$agents/complete"
