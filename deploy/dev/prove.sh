#!/usr/bin/env bash
# Shows what is promised, in plain sentences; fails when a promise does not hold: make prove.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh"

web_clients
# One profile for everything, so that a fresh machine compiles once.
cargo build --quiet --release --package gladbeck --bin gladbeck --package gladbeck-tests --bin bench
cargo test --quiet --release --package gladbeck --test program --no-run

echo "== Nothing acknowledged is lost, and nothing is changed unseen"
export PROVE_REQUESTS=${PROVE_REQUESTS:-500} PROVE_KILLS=${PROVE_KILLS:-20}
cargo test --quiet --release --package gladbeck --test program -- --exact --nocapture \
    prove::what_is_acknowledged_is_stored_once_and_what_is_changed_afterwards_is_found

echo "== How fast it is beside its own SQL (a short look; make bench takes longer and says more)"
"${CARGO_TARGET_DIR:-target}/release/bench" --quick "$@"

echo
echo "== How long the files are that people wrote"
find proto services tests migrations \( -name node_modules -o -name dist -o -name target -o -name output \) -prune -o -type f \
    \( -name '*.rs' -o -name '*.ts' -o -name '*.svelte' -o -name '*.sql' -o -name '*.mjs' -o -name '*.css' \) -print0 |
    xargs -0 -n 1 wc -l | sort -n |
    awk '{ lines[NR] = $1; file = $2; sum += $1 }
        END { printf "%d files, %d lines, median %d, longest %d (%s)\n", NR, sum, lines[int((NR + 1) / 2)], lines[NR], file }'
