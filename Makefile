# `make install` once, then any of the others. BIN= uses the tools on the PATH instead of .venv.
PYTHON ?= python3
BIN ?= .venv/bin/

.PHONY: help install test slow lint format types docs bench ci clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install:  ## a virtual environment with everything a developer needs
	$(PYTHON) -m venv .venv
	$(BIN)python -m pip install --upgrade pip
	$(BIN)python -m pip install --editable '.[test,docs]' --group dev

test:  ## the fast tests
	$(BIN)python -m pytest -n auto -m 'not slow'

slow:  ## every test
	$(BIN)python -m pytest -n auto

lint:  ## ruff, the formatter's opinion and the repository review
	$(BIN)ruff check .
	$(BIN)ruff format --check .
	$(BIN)sp-repo-review .

format:  ## let ruff repair what it can
	$(BIN)ruff check --fix .
	$(BIN)ruff format .

types:  ## mypy, strict
	$(BIN)mypy --strict genbounds

docs:  ## the documentation, warnings as errors
	$(BIN)python -m sphinx -W --keep-going -b html docs docs/_build/html

bench:  ## every benchmark, one table each
	set -e; for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)python $$file; done

ci:  ## what a submission must pass, on a clone of HEAD
	bash .ci/run

clean:  ## remove what builds and tools leave behind
	rm -rf build dist docs/_build .hypothesis .mypy_cache .pytest_cache .ruff_cache
