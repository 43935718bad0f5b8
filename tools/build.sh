# shellcheck shell=bash
# Restoring and building, always from the lock files and always in Release.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

restore() {
    prepare_artifacts
    need_dotnet
    # Without them the dashboard and the programs for the kernel cannot be built, and tools/web.sh and tools/bpf.sh say so.
    need "${web_packages[@]}" "${bpf_packages[@]}" || true
    say "restore"
    dotnet restore --locked-mode --verbosity quiet TcpLens.slnx
}

# The one folder for everything that is made: it must belong to whoever builds.
prepare_artifacts() {
    mkdir -p artifacts 2>/dev/null || true
    [[ -w artifacts ]] || fail "cannot write to $PWD/artifacts: clone the repository as the user who builds it"
    # The SDK and NuGet keep their caches under HOME; a service account or a CI job may have none.
    if [[ ! -w ${HOME:-/nonexistent} ]]; then
        export HOME=$PWD/artifacts/home
        mkdir -p "$HOME"
    fi
    # After `sudo ./dev test` the next `./dev check` is the user's again.
    trap give_back EXIT
}

give_back() {
    [[ -z ${SUDO_UID:-} ]] || chown -R --from=root "$SUDO_UID" artifacts dist web/node_modules 2>/dev/null || true
}

build() {
    say "build"
    dotnet build -c Release --no-restore --nologo --verbosity quiet TcpLens.slnx
}
