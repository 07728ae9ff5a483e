# The verbs of this project. `make demo` and `make test` set up by themselves what they need (scripts/setup.sh).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help demo test test-slow soak mutants lint format bench fuzz-scenario setup clean

JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60
SOAK_FROM ?= 1
SOAK_COUNT ?= 100000
BENCH_ARGS ?=
PY := .venv/bin/python

help: ## list the verbs
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: ## run the peak week of a 120-store chain and say what happened
	@scripts/setup.sh build -- parquet
	.venv/bin/tillstorm run peak/peak_week --out results/peak_week

test: ## every test but the slow ones: ctest, then pytest
	@scripts/setup.sh build test -- test
	test -f build/release/build.ninja || cmake --preset release
	cmake --build --preset release --parallel $(JOBS)
	failed=
	ctest --preset release --parallel $(JOBS) --output-on-failure || failed="$$failed ctest"
	$(PY) -m pytest -m 'not slow' --numprocesses $(JOBS) --dist loadfile || failed="$$failed pytest"
	test -z "$$failed" || { echo "failed:$$failed"; exit 1; }

test-slow: ## the slow tests: oracles to the full rule, published logs (about eight minutes of CPU)
	@scripts/setup.sh build test -- test
	$(PY) -m pytest -m slow

soak: ## SOAK_COUNT random fault schedules from seed SOAK_FROM on (default 100000: some minutes)
	@scripts/setup.sh build test -- test
	test -f build/release/build.ninja || cmake --preset release
	cmake --build --preset release --parallel $(JOBS) --target soak_schedules
	build/release/tests/soak/soak_schedules --from $(SOAK_FROM) --count $(SOAK_COUNT) --threads $(JOBS)

mutants: ## break rules on purpose, those that changed and 12 more: would the packaged suite notice? (seconds)
	@scripts/setup.sh build test -- test
	changed=$$($(PY) scripts/changed_rules.py)
	commit=$$(git rev-parse --short=8 HEAD 2>/dev/null || echo 1)
	.venv/bin/tillstorm mutants --changed "$$changed" --sample 12 --seed $$((16#$$commit))

lint: ## clang-format, clang-tidy, ruff and mypy --strict
	@scripts/setup.sh build lint -- test lint
	failed=
	find cpp tests -name '*.h' -o -name '*.cpp' | xargs clang-format --dry-run -Werror || failed="$$failed clang-format"
	.venv/bin/ruff check . || failed="$$failed ruff-check"
	.venv/bin/ruff format --check . || failed="$$failed ruff-format"
	$(PY) -m mypy || failed="$$failed mypy"
	cmake --preset tidy >/dev/null
	cmake --build --preset tidy --parallel $(JOBS) -- -k 0 || failed="$$failed clang-tidy"
	test -z "$$failed" || { echo "lint failed:$$failed"; exit 1; }

format: ## rewrite sources with clang-format and ruff
	@scripts/setup.sh build lint -- test lint
	find cpp tests -name '*.h' -o -name '*.cpp' | xargs clang-format -i
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format .

bench: ## measure against the yardsticks and write results/bench.md; BENCH_ARGS=--quick or --full
	@scripts/setup.sh build bench -- parquet bench
	for preset in bench bench-bare bench-coverage bench-mutants; do
	test -f build/$$preset/build.ninja || cmake --preset $$preset
	cmake --build --preset $$preset --parallel $(JOBS)
	done
	$(PY) tests/benchmarks/run.py --build build/bench --out results/bench $(BENCH_ARGS)

fuzz-scenario: ## feed the scenario reader with random bytes for FUZZ_SECONDS (default 60)
	@scripts/setup.sh build test -- parquet
	test -f build/fuzz/build.ninja || cmake --preset fuzz
	cmake --build --preset fuzz --parallel $(JOBS)
	mkdir -p build/fuzz/new_inputs
	build/fuzz/tests/fuzz/scenario_fuzz -max_total_time=$(FUZZ_SECONDS) build/fuzz/new_inputs tests/fuzz/corpus/scenario_fuzz

setup: ## prepare .venv with everything and stop there
	@scripts/setup.sh build test lint bench -- test lint bench

clean: ## remove build/, results/ and .venv
	rm -rf build results .venv
