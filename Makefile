# Thin on purpose: each target calls one script. `make run` and `make test` need only Rust and Debian 12.
.PHONY: help run test check drill bench prove interop

help:
	@echo "make run    builds the product and serves it at http://localhost:8080"
	@echo "make test   runs all tests"
	@echo "make check  checks format, lints, types, licences and known faults"
	@echo "make prove  shows in a minute what is promised: nothing lost, nothing changed unseen, how fast"
	@echo "make bench  measures the product against its own SQL and against a server that does nothing"
	@echo "make drill  kills the server again and again and counts what was lost"
	@echo "make interop  lets other programs read the map layers"

run:
	@bash deploy/dev/run.sh

test:
	@bash deploy/dev/test.sh

check:
	@bash deploy/dev/check.sh

drill:
	@bash deploy/dev/drill.sh

bench:
	@bash deploy/dev/bench.sh

prove:
	@bash deploy/dev/prove.sh

interop:
	@bash deploy/dev/interop.sh
