# shellcheck shell=bash
# From source to the one file that users install, and the archive around it.

case $(uname -m) in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
    *) fail "TcpLens is built for x86_64 and aarch64, not for $(uname -m)" ;;
esac
published=$PWD/artifacts/publish/TcpLens

# Links the native program into $published. A trim or AOT warning is an error: it is a crash at the user's.
publish_binary() {
    say "publish for linux-$architecture"
    local log=artifacts/publish.log
    if ! dotnet publish src/TcpLens -c Release -r "linux-$architecture" --no-restore --nologo --verbosity minimal \
        -p:PublishDocumentationFiles=false -p:PublishReferencesDocumentationFiles=false -o "$published" >"$log" 2>&1; then
        cat "$log"
        return 1
    fi
    if grep -E 'warning [A-Z]+[0-9]+' "$log"; then
        say "the native program must be built without a warning"
        return 1
    fi
    say "$published/tcplens: $(stat -c %s "$published/tcplens") bytes, needs glibc $(needed_glibc "$published/tcplens") or newer"
}

# dist/tcplens-VERSION-linux-ARCHITECTURE.tar.gz and dist/SHA256SUMS. The same program gives the same archive.
publish_archive() {
    local version name stage
    version=$(dotnet msbuild src/TcpLens/TcpLens.csproj -t:MinVer -getProperty:MinVerVersion) || return
    name=tcplens-$version-linux-$architecture
    stage=artifacts/archive/$name
    archive=$PWD/dist/$name.tar.gz
    rm -rf artifacts/archive dist
    mkdir -p "$stage/completions" dist

    install -m 755 "$published/tcplens" "$stage/tcplens"
    install -m 644 -t "$stage" packaging/tcplens.service packaging/tcplens.toml packaging/tcplens.rules.yml
    find . -maxdepth 1 \( -name LICENSE -o -name 'README*.md' \) -exec install -m 644 -t "$stage" {} +
    keep_if_any "$stage/tcplens.1" "$stage/tcplens" man
    keep_if_any "$stage/completions/tcplens.bash" "$stage/tcplens" completion bash
    keep_if_any "$stage/completions/_tcplens" "$stage/tcplens" completion zsh
    keep_if_any "$stage/completions/tcplens.fish" "$stage/tcplens" completion fish
    rmdir --ignore-fail-on-non-empty "$stage/completions"

    tar --create --directory artifacts/archive --sort=name --owner=0 --group=0 --numeric-owner --mode=go=u-w \
        --mtime="$(git log -1 --format=%cI)" "$name" | gzip -9 --no-name >"$archive" || return
    (cd dist && sha256sum "$name.tar.gz" >SHA256SUMS)
    say "dist/$name.tar.gz: $(stat -c %s "$archive") bytes"
}

# keep_if_any FILE COMMAND...: what the command prints, or no file when it fails or prints nothing.
keep_if_any() {
    local file=$1
    shift
    if ! "$@" >"$file" 2>/dev/null </dev/null || [[ ! -s $file ]]; then
        rm -f "$file"
    fi
}

# The newest version of the C library that one of the program's symbols asks for.
needed_glibc() {
    readelf --version-info --wide "$1" | grep --only-matching 'GLIBC_[0-9.]*' | sort --version-sort --unique | tail -n 1 | cut -d_ -f2
}
