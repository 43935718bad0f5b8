# shellcheck shell=bash
# What the verbs need of the machine, and how it gets there. `a|b` means that either will do; the first one is installed.

publish_packages=('clang|gcc' libc6-dev zlib1g-dev libsqlite3-dev binutils)
test_packages=("${publish_packages[@]}" linux-libc-dev iproute2 net-tools strace tmux curl systemd chromium fonts-noto-cjk)
bench_packages=("${publish_packages[@]}" gcc clang libbpf-dev iproute2 net-tools)
check_packages=(shellcheck libsqlite3-0)
bpf_packages=(clang)
kernel_packages=(qemu-system-x86 busybox-static cpio kmod xz-utils zstd)
systemd_packages=(qemu-system-x86 mmdebstrap e2fsprogs)
web_packages=('nodejs|node' npm)

sdk_advice="install the .NET 10 SDK, https://learn.microsoft.com/dotnet/core/install/linux-debian"

# Sees that the packages are there. Returns 1 when some are still missing afterwards, having said what to do.
need() {
    local missing
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0
    local -a install
    read -ra install <<<"apt-get install --yes --no-install-recommends $missing"

    if ! command -v apt-get >/dev/null; then
        say "missing: $missing (Debian's names; there is no apt-get: install what this system calls them)"
        return 1
    fi
    if ((EUID != 0)); then
        say "missing: $missing. To install: sudo ${install[*]}"
        return 1
    fi
    say "installing: $missing"
    without_starting_services install_quietly "${install[@]}"
    missing=$(missing_packages "$@")
    [[ -z $missing ]] || { say "still missing: $missing"; return 1; }
}

need_dotnet() {
    local sdk
    command -v dotnet >/dev/null || fail "no dotnet: $sdk_advice"
    sdk=$(dotnet --version 2>/dev/null) ||
        fail "global.json allows none of the .NET SDKs here ($(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')): $sdk_advice"
    say ".NET SDK $sdk"
}

missing_packages() {
    local wanted package
    local -a missing=()
    for wanted in "$@"; do
        for package in ${wanted//|/ }; do
            [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) != installed ]] || continue 2
            # A tool that came another way than by its package is as good.
            ! command -v "$package" >/dev/null || continue 2
        done
        missing+=("${wanted%%|*}")
    done
    echo "${missing[*]}"
}

install_quietly() {
    local log=artifacts/apt.log
    mkdir -p artifacts
    "$@" >"$log" 2>&1 || { apt-get update >>"$log" 2>&1 && "$@" >>"$log" 2>&1; } || tail -n 5 "$log"
}

# Debian starts a service when its package is installed, unless this file says no.
without_starting_services() (
    export DEBIAN_FRONTEND=noninteractive
    policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
    fi
    "$@"
)
