#!/usr/bin/env bash
# Measures the product against its own SQL and against a server that does nothing: make bench.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh"

web_clients
cargo build --quiet --release --package gladbeck --bin gladbeck --package gladbeck-tests --bin bench
exec "${CARGO_TARGET_DIR:-target}/release/bench" "$@"
