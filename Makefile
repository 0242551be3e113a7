# Thin on purpose: each target calls one script. `make run` and `make test` need only Rust and Debian 12.
.PHONY: help run test check drill

help:
	@echo "make run    builds the product and serves it at http://localhost:8080"
	@echo "make test   runs all tests"
	@echo "make check  checks format, lints, types, licences and known faults"
	@echo "make drill  kills the server again and again and counts what was lost"

run:
	@bash deploy/dev/run.sh

test:
	@bash deploy/dev/test.sh

check:
	@bash deploy/dev/check.sh

drill:
	@bash deploy/dev/drill.sh
