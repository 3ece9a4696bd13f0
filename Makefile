# Set-up, tests and service in one command each; `make help` lists them.
# Variables: PYTHON (3.11 or newer), VENV, DATA, CORPUS, e.g. `make run CORPUS=~/policies DATA=var2`.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV ?= .venv
DATA ?= var
CORPUS ?= corpus/documents
# Expanded only when a virtual environment is made; empty where no Python is new enough.
PYTHON ?= $(shell for p in python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --constraint constraints.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help run index eval bench test check format clean FORCE

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-12s %s\n' "$$name" "$$what"; done

run: index ## set up, index the documents, serve on http://127.0.0.1:8000
	@exec $(BIN)/policy-qa serve --data "$(DATA)"

index: $(DATA)/.indexed ## build the index unless it is up to date

eval: index ## ask the question sets, report in var/eval
	$(BIN)/policy-qa eval --data "$(DATA)" --out "$(DATA)/eval"

bench: $(VENV)/.ready-dev ## measure search beside its peers, BEIR="DIR DIR ..."; fails below eval/bench/expected.json
	@test -n "$(BEIR)" || { echo 'Name folders in the BEIR layout: make bench BEIR="DIR DIR"' >&2; exit 1; }
	$(BIN)/policy-qa bench table $(BEIR:%=--beir %) --data "$(DATA)" --out "$(DATA)/bench" --check

test: $(VENV)/.ready-dev ## run the tests
	HF_HUB_OFFLINE=1 $(BIN)/python -m pytest

check: $(VENV)/.ready-dev ## lint, formatting, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev ## format the code and mend what ruff can
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

clean: ## remove the virtual environment and caches; var/ stays, it holds feedback
	rm -rf "$(VENV)" build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. torch comes first: a package that depends on it would
# otherwise take the newest release with several GB of CUDA libraries.

$(BIN)/pip:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed: install it, or name it with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "$(PYTHON) is not Python 3.11 or newer; name another with PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: install its venv package" \
			"(Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv "$(VENV)"

$(VENV)/.ready: pyproject.toml constraints.txt | $(BIN)/pip
	$(PIP) torch==2.13.0 setuptools
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(PIP) --no-build-isolation --editable '.[dev]'
	@touch $@

# The index. Its stamp lists checksums of all it is made from, so that a changed, added or removed
# document, lexicon row or module builds a new one, and a mere checkout does not.

$(DATA)/.indexed: FORCE | $(VENV)/.ready
	@mkdir -p "$(DATA)"
	@{ echo "$(CORPUS) $$POLICY_QA_EMBEDDING"; find "$(CORPUS)" corpus index constraints.txt -type f \
		! -path '*/__pycache__/*' -exec cksum {} + | LC_ALL=C sort -u; } > $@.now
	@if test -s "$(DATA)/CURRENT" && cmp -s $@.now $@; then rm $@.now; else \
		echo "Indexing $(CORPUS) (about a minute the first time)"; \
		$(BIN)/policy-qa index build --corpus "$(CORPUS)" --data "$(DATA)" && mv $@.now $@; fi
