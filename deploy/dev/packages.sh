#!/usr/bin/env bash
# Installs the Debian packages that are missing; with --tests, what only tests and checks need too.
# Never starts or changes a database that the machine runs.
set -euo pipefail

has() { command -v "$1" >/dev/null 2>&1; }

postgis_is_there() {
    local control version
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        version=$(basename "$(dirname "$(dirname "$control")")")
        [[ $version =~ ^[0-9]+$ && $version -ge 15 && -x /usr/lib/postgresql/$version/bin/postgres ]] && return
    done
    return 1
}

missing=()
# Some crates carry C code; they need a compiler, but neither cmake nor clang.
has cc || missing+=(gcc libc6-dev)
# Debian's Node is older than what the web clients need; pip brings a newer one (node.sh).
bash "$(dirname "$0")/node.sh" --is-there || python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
postgis_is_there || missing+=(postgresql-postgis)
if [[ ${1:-} == --tests ]]; then
    has chromium || missing+=(chromium)         # the journey through the web clients
    has exiftool || missing+=(libimage-exiftool-perl) # a second opinion on what photos still carry
    has git || missing+=(git)                   # cargo-deny fetches its advisories with it
fi
[[ ${#missing[@]} -eq 0 ]] && exit 0

if ! has apt-get; then
    echo "Missing: ${missing[*]} (the names of Debian 12). Please install them and try again." >&2
    exit 1
fi
as_root=()
if [[ $EUID -ne 0 ]]; then
    if ! has sudo; then
        echo "Missing: ${missing[*]}. Please run as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >"$log" 2>&1; then
        cat "$log" >&2
        exit 1
    fi
}

echo "Installing ${missing[*]}."
apt update
if [[ " ${missing[*]} " == *" postgresql-postgis "* ]]; then
    # Debian would start a cluster with a TCP port as soon as the server is installed. A setting that
    # lasts as long as this installation keeps it from that.
    apt install --yes --no-install-recommends postgresql-common
    setting=/etc/postgresql-common/createcluster.d/gladbeck.conf
    "${as_root[@]}" mkdir -p "$(dirname "$setting")"
    echo "create_main_cluster = false" | "${as_root[@]}" tee "$setting" >/dev/null
    trap '"${as_root[@]}" rm -f "$setting"; rm -f "$log"' EXIT
fi
apt install --yes --no-install-recommends "${missing[@]}"
