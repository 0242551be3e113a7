#!/usr/bin/env bash
# Everything from a fresh machine to the product in the browser: make run.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh"

web_clients
cargo build --quiet --package gladbeck --bin gladbeck
exec "${CARGO_TARGET_DIR:-target}/debug/gladbeck" dev "$@"
