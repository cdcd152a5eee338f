# Every target takes variables, never edits to files: make build RAW=exports AS_OF=2025-12-31 OUT=out
# Values reach Python through the environment, so that paths may hold spaces and any script.

.DEFAULT_GOAL := help
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory

ifndef PYTHON
PYTHON := $(or $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
	$$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$candidate && break; done),python3)
endif
VENV_PYTHON := .venv/bin/python
PYTEST := $(VENV_PYTHON) -m pytest
# A file of checks stays on one worker, so that what it builds is built once.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

export CSW_RAW := $(RAW)
export CSW_MAPPING := $(MAPPING)
export CSW_AS_OF := $(AS_OF)
export CSW_OUT := $(or $(OUT),out)
export CSW_TARGET := $(or $(TARGET),duckdb)
export CSW_VARS := $(VARS)
export CSW_FULL_REFRESH := $(FULL_REFRESH)
export CSW_BASE := $(BASE)
export CSW_DRY_RUN := $(DRY_RUN)
export DO_NOT_TRACK := 1
export PYTHONUTF8 := 1

.PHONY: help setup build map check rollback simulate dashboard docs contracts export calibrate forget bench \
	lint format test test-all test-mutation test-postgres test-spark test-parity test-incremental test-long lock clean

help: ## List the targets
	@grep -hE '^[a-z%-]+:.*## ' $(firstword $(MAKEFILE_LIST)) \
		| awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

test-all test-long test-spark test-parity: EXTRAS := spark

setup: ## Make .venv from requirements.lock when it is missing or older than the lock [EXTRAS=spark]
	@"$(PYTHON)" pipeline/environment.py main $(EXTRAS)

build: setup ## Build, test, check and publish [RAW=dir] [MAPPING=file] [AS_OF=date] [OUT=dir] [TARGET=duckdb|postgres|spark] [VARS='{...}'] [FULL_REFRESH=1]
	@$(VENV_PYTHON) -m pipeline build

map: setup ## Propose RAW/mapping.yml for exports under other headers [RAW=dir] [MAPPING=file]
	@$(VENV_PYTHON) -m pipeline map

check: setup ## Which rows of the raw files a build would refuse, and whether it would pass [RAW=dir] [AS_OF=date] [OUT=dir]
	@$(VENV_PYTHON) -m pipeline check

rollback: setup ## Put the published file before the last one back [OUT=dir]
	@$(VENV_PYTHON) -m pipeline rollback

simulate: setup ## Simulated raw data: OUT=dir [ACCOUNTS=n] [MONTHS=n] [LOGINS=n] [SEED=n] [DIRTY=share] [AS_OF=date]
	@$(VENV_PYTHON) -m simulator --out "$$CSW_OUT" \
		$(if $(ACCOUNTS),--accounts "$(ACCOUNTS)") $(if $(MONTHS),--months "$(MONTHS)") \
		$(if $(LOGINS),--logins "$(LOGINS)") $(if $(SEED),--seed "$(SEED)") \
		$(if $(DIRTY),--dirty "$(DIRTY)") $(if $(AS_OF),--as-of "$(AS_OF)") \
		$(if $(USERS),--users "$(USERS)") $(if $(LINES),--lines "$(LINES)") \
		$(if $(TICKETS),--tickets "$(TICKETS)")

dashboard: setup ## Render the dashboard of the published file [OUT=dir]
	@$(VENV_PYTHON) -m pipeline dashboard

docs: setup ## Write the dbt docs of the last build to OUT/docs [OUT=dir]
	@$(VENV_PYTHON) -m pipeline docs

contracts: setup ## Lint all contracts and write their catalogue to OUT/contracts [OUT=dir], or compare them with a version in git [BASE=ref]
	@$(VENV_PYTHON) -m pipeline contracts

export: setup ## Write the published customers as OUT/export/cs_platform.csv [OUT=dir]
	@$(VENV_PYTHON) -m pipeline export

calibrate: setup ## Propose weights of the health score from the past of the last build [OUT=dir] [VERSION=name]
	@$(VENV_PYTHON) -m calibration $(if $(VERSION),--version "$(VERSION)")

# Every shell has a USER of its own, and OUT has a default: here both have to be given.
forget: export CSW_USER := $(if $(filter command,$(origin USER)),$(value USER))
forget: export CSW_OUT := $(OUT)
forget: setup ## Take one person out of raw files and outputs: USER=user_id RAW=dir OUT=dir [DRY_RUN=1]
	@$(VENV_PYTHON) -m pipeline forget

bench: setup ## Seconds and memory per model, and the floor [SIZE=S|M|L|REVENUE|HEALTH] [DAY=1] [RAW=dir] [OUT=dir] [TARGET=duckdb]
	@$(VENV_PYTHON) -m bench $(if $(SIZE),--size "$(SIZE)") $(if $(EVERYTHING),--everything) $(if $(DAY),--day)

lint: setup ## sqlfluff, ruff, and generated files compared with their sources
	@$(PYTEST) checks/spec/test_lint.py

format: setup ## Let ruff and sqlfluff repair what they can, and write the generated files
	@$(VENV_PYTHON) -m pipeline.generate_sources
	@$(VENV_PYTHON) -m pipeline.contracts.documents
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m sqlfluff fix models tests analyses

test: setup ## Every check of the DuckDB lane, as one pytest run
	@$(PYTEST) $(PARALLEL) checks

test-all: setup ## The same and all other lanes (mutation, Postgres, Spark, parity) as one pytest run; what CI runs
	@CSW_REQUIRE_ALL_LANES=1 $(PYTEST) $(PARALLEL) checks -m "not long and not alone"

test-mutation: setup ## Replace each branch of each case by a sentinel and list which test notices
	@$(PYTEST) checks -m mutation -rP

test-postgres: setup ## Builds on a PostgreSQL server that the tests start and stop themselves
	@CSW_REQUIRE_ALL_LANES=1 $(PYTEST) $(PARALLEL) checks/postgres -m ""

test-spark: setup ## The Spark lane: a local session, and a master with two workers on loopback
	@CSW_REQUIRE_ALL_LANES=1 $(PYTEST) checks/spark -m ""

test-parity: setup ## The same raw folders on DuckDB, Postgres and Spark, every published cell compared
	@CSW_REQUIRE_ALL_LANES=1 $(PYTEST) checks/parity -m ""

test-incremental: setup ## Days one by one against a full refresh, and the rules of increments broken one by one
	@$(PYTEST) $(PARALLEL) checks/incremental -m ""

test-long: setup ## What is too long for every run of CI: more seeds, broken rules, whole commands
	@CSW_REQUIRE_ALL_LANES=1 $(PYTEST) $(PARALLEL) checks -m long

test-%: setup ## One part: the folder of that name in checks (raw, spec, end_to_end, ...)
	@$(PYTEST) "checks/$*"

lock: setup ## Resolve requirements.in anew into requirements.lock (and the two other locks)
	@$(VENV_PYTHON) -m uv pip compile --quiet --no-header --no-annotate --upgrade requirements.in \
		--override requirements.overrides --output-file requirements.lock
	@$(VENV_PYTHON) -m uv pip compile --quiet --no-header --no-annotate --upgrade requirements-spark.in \
		--constraint requirements.lock --override requirements.overrides --output-file requirements-spark.lock
	@$(VENV_PYTHON) -m uv pip compile --quiet --no-header --no-annotate --upgrade dashboard/requirements.in \
		--override requirements.overrides --output-file dashboard/requirements.lock
	@$(VENV_PYTHON) -m uv pip compile --quiet --no-header --no-annotate --upgrade checks/spec/v2parser.in \
		--output-file checks/spec/v2parser.lock

clean: ## Remove what builds and tests made here; environments, OUT elsewhere and raw data stay
	@rm -rf out target logs .pytest_cache .ruff_cache .hypothesis
