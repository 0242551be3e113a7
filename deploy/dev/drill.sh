#!/usr/bin/env bash
# Kills processes in the middle of their work and counts what was lost: make drill.
source "$(dirname "$0")/setup.sh"

web_clients
exec cargo run --quiet --release --package gladbeck-tests --bin drill -- "$@"
