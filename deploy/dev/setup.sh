# Read by the other scripts: brings the machine to where cargo and npm can work. Not run by itself.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

PATH=$PATH:$HOME/.cargo/bin
if ! command -v cargo >/dev/null; then
    echo "Rust is missing. Install it with rustup (https://rustup.rs) and try again." >&2
    exit 1
fi

mkdir -p .gladbeck/stamps
bash deploy/dev/packages.sh "$@"
PATH=$(bash deploy/dev/node.sh):$PATH
export PATH
# npm is to install and build, and else to be quiet.
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false npm_config_loglevel=error

# Runs the rest of its words in a folder, unless nothing that is listed on the input has changed since.
#   once <stamp> <folder> <command …> < <(list of files)
once() {
    local stamp=.gladbeck/stamps/$1 folder=$2 state
    shift 2
    state=$(sort | xargs -d '\n' sha256sum | sha256sum)
    if [[ -e $stamp && $(<"$stamp") == "$state" ]]; then
        return
    fi
    (cd "$folder" && "$@")
    echo "$state" >"$stamp"
}

# Installs the locked npm packages of a folder.
npm_packages() {
    local folder=$1
    [[ -d $folder/node_modules ]] || rm -f ".gladbeck/stamps/packages-${folder//\//-}"
    once "packages-${folder//\//-}" "$folder" npm_ci < <(printf '%s\n' "$folder"/package.json "$folder"/package-lock.json)
}
npm_ci() {
    echo "Installing the npm packages of ${PWD##*/}."
    npm ci >/dev/null
}

# Builds the web clients, which the binary carries inside.
web_clients() {
    npm_packages services/web
    [[ -d services/web/dist ]] || rm -f .gladbeck/stamps/web
    once web services/web web_build < <(
        find services/web proto/locales \( -name node_modules -o -name dist -o -name tests \) -prune -o -type f -print
    )
}
web_build() {
    echo "Building the web clients."
    npm run --silent build -- --logLevel warn
}
