#!/usr/bin/env bash
# The dashboard: from web/ to artifacts/web/, which the build embeds into TcpLens.Outputs. MSBuild runs this when a file of web/ is newer.
# Nothing is printed but the reason of a failure, on standard error; what npm and the tools said stands in artifacts/web.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

made=$PWD/artifacts/web
log=$PWD/artifacts/web.log

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

need_node() {
    local program
    for program in node npm; do
        command -v "$program" >/dev/null || fail "the dashboard is built with node and npm, and there is no $program: apt-get install nodejs npm"
    done
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 18 || (major === 18 && minor >= 13) ? 0 : 1)' ||
        fail "the dashboard needs node 18.13 or newer, here is $(node --version): Debian 12 and later have it (apt-get install nodejs npm)"
}

# Two builds at once (an editor's and a person's) take turns; the second finds the work done.
is_current() {
    [[ -e $made/index.html ]] && [[ -z $(find web -path web/node_modules -prune -o -path web/test -prune -o -type f -newer "$made/index.html" -print -quit) ]]
}

install_packages() {
    [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]] || return 0
    # No package needs to run a program of its own when it is installed, so none may.
    npm ci --ignore-scripts --no-audit --no-fund && touch node_modules/.package-lock.json
}

# With && throughout: the shell's own stop at an error does not work in what stands before "||".
build() {
    cd web && install_packages && npm run --silent build
}

mkdir -p artifacts
exec 9>artifacts/web.lock
flock 9
! is_current || exit 0
need_node
(build) >"$log" 2>&1 </dev/null || fail "the dashboard could not be built; to see it: cd web && npm ci && npm run build
$(grep -v '^npm warn' "$log" | head -n 20)"
