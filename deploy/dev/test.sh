#!/usr/bin/env bash
# All tests, those of the web clients and the journey through a browser included: make test.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh" --tests

web_clients
echo "Testing the web clients."
(cd services/web && npm test --silent)
if [[ -e tests/browser/package.json ]]; then
    npm_packages tests/browser
fi

# nextest leaves out the examples in the documentation.
cargo test --workspace --doc --quiet
if cargo nextest --version >/dev/null 2>&1; then
    exec cargo nextest run --workspace "$@"
fi
# cargo counts per binary; a person wants one number.
log=.gladbeck/test.log
cargo test --workspace --all-targets --no-fail-fast "$@" 2>&1 | tee "$log"
awk '/^test result:/ { passed += $4; failed += $6 } END { printf "%d passed, %d failed\n", passed, failed }' "$log"
