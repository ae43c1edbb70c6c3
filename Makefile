# Earshot's commands. Each sets up what it needs; `make run` and `make test` need nothing but Python 3.11 or newer.
# A system's own Python is built with profile and link-time optimisation; one that a version manager compiled mostly is not,
# and takes a fifth longer for everything. So the system's, where it is new enough and can make a folder for packages.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sqlite3, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo /usr/bin/python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CALLS ?=

# Where the environment forbids compiled modules to be kept, every process of the tests would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check check-all chaos soak load fuzz bench clean

# Everything set up once; again when the pins or the project's card change.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)

# Answer two questions over the sample calls, then open the local Slack in a page: make run CALLS=folder for your own.
run: $(READY)
	@$(BIN)/earshot playground --welcome $(if $(CALLS),--calls "$(CALLS)")

# The plain suite: Python only.
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser and not postgres and not npm and not thorough and not chaos and not long"

# Style, types and the house's rules.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The plain suite's neighbours: browser, PostgreSQL, npm's oracles, what the plain suite samples in full, chaos in its short form.
check-all: check
	$(BIN)/python -m pytest -m "browser or postgres or npm or thorough or chaos" -rs

# Killed and frozen replicas under a troubled Slack, at full length: see docs/reliability.md for what it takes.
chaos: $(READY)
	$(BIN)/python -m tests.chaos digests
	$(BIN)/python -m tests.chaos uploads
	$(BIN)/python -m tests.chaos mutants
	$(BIN)/python -m tests.chaos patterns
	$(BIN)/python -m pytest -m long -s

# Half an hour's questions and given files: does the bot grow? MINUTES=2 for a short one.
MINUTES ?= 30
soak: $(READY)
	$(BIN)/python -m tests.chaos soak --minutes $(MINUTES)

# 50 commands a second for a minute while files are parsed; then 100 commands and 100 events a second.
load: $(READY)
	$(BIN)/python -m tests.chaos load --rate 50 --seconds 60
	$(BIN)/python -m tests.chaos load --rate 100 --events 100 --seconds 60

# Hostile bytes, questions and requests, an hour each: make fuzz FUZZ=5 for five minutes each.
FUZZ ?= 60
fuzz: $(READY)
	$(BIN)/python -m tests.chaos fuzz --minutes $(FUZZ)

# The figures in docs/performance.md.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,bench]'
	$(BIN)/python -m tests.bench all

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
