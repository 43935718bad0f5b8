#!/usr/bin/env bash
# The programs that run in the kernel: from src/TcpLens.Linux/Bpf/programs to artifacts/bpf/, which the build embeds into TcpLens.Linux.
# MSBuild runs this when a source is newer. Nothing is printed but the reason of a failure, on standard error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sources=src/TcpLens.Linux/Bpf/programs
made=artifacts/bpf

command -v clang >/dev/null || {
    echo "the programs for the kernel are compiled with clang, and there is none: apt-get install clang" >&2
    exit 1
}

mkdir -p "$made"
exec 9>"$made.lock"
flock 9
# mcpu=v2: what Linux 5.10 knows everywhere. No debug information: the loader asks the kernel for its types by name.
compile() {
    local name=$1
    shift
    clang -target bpf -mcpu=v2 -O2 -Wall -Wextra -Werror -Wno-unused-parameter "$@" -o "$made/$name.new"
}

for source in "$sources"/*.bpf.c; do
    # Linux 6.8 can do plain loads.
    [[ $source == */bound.bpf.c ]] && plain=-DPLAIN_LOADS || plain=
    compile "$(basename "$source" .bpf.c)" ${plain:+"$plain"} -c "$source"
done
compile established-plain -DPLAIN_LOADS -c "$sources/established.bpf.c"
for object in "$made"/*.new; do
    mv "$object" "${object%.new}.o"
done
touch "$made/complete"
