#!/usr/bin/env bash
# Kills the program and its database in the middle of their work and counts what was lost: make drill.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/setup.sh"

web_clients
export DRILL_KILLS=${DRILL_KILLS:-200} DRILL_CLUSTER_KILLS=${DRILL_CLUSTER_KILLS:-5}
echo "Killing the program $DRILL_KILLS times and its database $DRILL_CLUSTER_KILLS times. This takes some minutes."
exec cargo test --quiet --package gladbeck --test program -- --exact --nocapture \
    drill::nothing_acknowledged_is_lost_when_everything_is_killed
