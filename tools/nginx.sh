#!/usr/bin/env bash
# Brings Debian's nginx into artifacts/nginx for the tests. It is unpacked there and nowhere else: nothing is installed, no
# service starts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/artifacts/nginx
[[ ! -e $folder/complete ]] || exit 0

# apt_quietly ARGUMENTS...: what apt says is only of interest when it fails.
apt_quietly() {
    apt-get --quiet=2 -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=300 "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; return 1; }
}

rm -rf "$folder"
mkdir -p "$folder/packages"
cd "$folder/packages"
apt_quietly download nginx || { apt_quietly update && apt_quietly download nginx; }
dpkg-deb -x ./*.deb "$folder"
rm -rf "$folder/packages" "$folder/log"
touch "$folder/complete"
