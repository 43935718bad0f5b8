# shellcheck shell=bash
# How ./dev speaks.

say() {
    printf '== %s\n' "$*"
}

fail() {
    printf '== %s\n' "$*" >&2
    exit 1
}
