# shellcheck shell=bash
# Packages of other Debian releases than this one, for machines that tests emulate. Nothing is installed here.

debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# This system's own mirror. One that stands still is as good as one that follows.
debian_mirror() {
    local mirror
    # shellcheck disable=SC2016 # apt's own variable
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' | grep -v security | head -n 1)
    [[ -n $mirror ]] || fail "apt knows no Debian mirror: apt-get update"
    echo "$mirror"
}

# debian_source SUITE: the line of sources.list for it.
debian_source() {
    local mirror
    mirror=$(debian_mirror) || exit
    echo "deb [signed-by=$debian_keyring] $mirror $1 main"
}
