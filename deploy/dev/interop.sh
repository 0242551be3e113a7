#!/usr/bin/env bash
# Lets GDAL and QGIS read the map layers, and compares what they read with what the interface says: make interop.
# Fails when anything disagrees. The city is invented for it, and is gone afterwards.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh"

# QGIS comes for Debian's own Python, which need not be the first one.
python=/usr/bin/python3

missing=()
command -v ogrinfo >/dev/null || missing+=(gdal-bin)
"$python" -c 'import qgis.core' 2>/dev/null || missing+=(python3-qgis)
if [[ ${#missing[@]} -gt 0 ]]; then
    as_root=()
    [[ $EUID -eq 0 ]] || as_root=(sudo)
    if ! command -v apt-get >/dev/null || [[ $EUID -ne 0 && ! -x $(command -v sudo) ]]; then
        echo "Missing: ${missing[*]} (the names of Debian 12). Please install them and try again." >&2
        exit 1
    fi
    echo "Installing ${missing[*]}."
    "${as_root[@]}" apt-get -qq update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
        "${missing[@]}" >/dev/null
fi

web_clients
cargo build --quiet --package gladbeck --bin gladbeck

folder=$(mktemp --directory)
server=
# Stops the city and removes it; the database of root's lies apart (services/kit/src/cluster/place.rs).
leave() {
    [[ -z $server ]] || kill "$server" 2>/dev/null || true
    [[ -z $server ]] || wait "$server" || true
    local apart=
    if [[ $EUID -eq 0 && -e $folder/state/gladbeck.toml ]]; then
        apart=$(grep --only-matching --max-count=1 '%2Fvar%2Flib%2Fgladbeck%2F[0-9a-f]\{12\}' \
            "$folder/state/gladbeck.toml" | head --lines=1)
    fi
    [[ -z $apart ]] || rm -rf "/var/lib/gladbeck/${apart##*%2F}"
    rm -rf "$folder"
}
trap leave EXIT
trap 'exit 130' INT TERM

port=18080
while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    port=$((port + 1))
done

# Asks once whether every part of the city answers.
is_ready() {
    "$python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=60)' \
        "http://127.0.0.1:$port/health/ready" 2>/dev/null
}

echo "Starting an invented city on port $port."
"${CARGO_TARGET_DIR:-target}/debug/gladbeck" dev --port "$port" --state "$folder/state" --requests 2000 \
    >"$folder/log" 2>&1 &
server=$!
tries=0
until is_ready; do
    tries=$((tries + 1))
    if ! kill -0 "$server" 2>/dev/null || [[ $tries -gt 180 ]]; then
        cat "$folder/log" >&2
        echo "The city does not start." >&2
        exit 1
    fi
    sleep 1
done

# What QGIS keeps for itself belongs into the folder too; instants are compared in UTC.
mkdir -m 700 "$folder/home" "$folder/files"
export HOME=$folder/home XDG_RUNTIME_DIR=$folder/home TZ=UTC QT_QPA_PLATFORM=offscreen PYTHONDONTWRITEBYTECODE=1
status=0
for reader in gdal_reads qgis_reads; do
    echo
    "$python" "tests/interop/$reader.py" "http://127.0.0.1:$port/ogc" "$folder/files" || status=1
done
echo
if [[ $status -ne 0 ]]; then
    echo "Other programs do not read from the layers what is in them: see WRONG above." >&2
    exit 1
fi
echo "GDAL and QGIS read from the layers what the interface says is in them."
