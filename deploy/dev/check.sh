#!/usr/bin/env bash
# Everything that can be said about the code without running it: make check.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh" --tests

# The binary carries the web clients inside, so that they have to be there before it is compiled.
web_clients
(cd services/web && npm run --silent check && npm run --silent lint)
cargo fmt --all --check
cargo clippy --workspace --all-targets -- -D warnings
bash deploy/dev/deny.sh
