# Needs GNU make and Python 3.11 or newer. `make demo PYTHON=python3.12` chooses another Python.
PYTHON ?= python3

ifeq ($(OS),Windows_NT)
bin := .venv/Scripts
else
bin := .venv/bin
endif

# How many tests run at once: three keep two cores busy, as each waits for a server or a page now and then. They take
# about 4 GB of memory with the two Neo4j that they share.
WORKERS ?= 3

rankgraph := $(bin)/rankgraph
pip := $(bin)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: help demo quick test campaign lint types check bench requirements sbom clean

help:
	@echo "make demo    install into .venv, load the samples into a graph in .demo, ask two questions, draw a way"
	@echo "make quick   run the tests that need no engine and no browser, in less than a minute"
	@echo "make test    run all tests (a real Neo4j too, where one is found) and name the ten slowest"
	@echo "make campaign  try to break it for an hour: kills, damaged files, no room; CAMPAIGN='--part kills --times 2'"
	@echo "make lint    check style and formatting"
	@echo "make types   check types"
	@echo "make check   all that is checked before a change is taken: tests, style, types, the built package"
	@echo "make bench   compare with the bare driver, one ratio a line"
	@echo "make requirements  write requirements.txt anew: hashes of all that is installed"
	@echo "make sbom    write rankgraph.cdx.json: what is installed, with versions and licences (CycloneDX)"
	@echo "make clean   remove .venv and .demo"

.venv/made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("found Python %d.%d, expected 3.11 or newer: make PYTHON=python3.11" % sys.version_info[:2])'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/made pyproject.toml requirements.txt
	@echo "installing rankgraph into .venv"
	@$(bin)/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement requirements.txt
	@$(bin)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/developing: .venv/made pyproject.toml constraints.txt
	@echo "installing rankgraph and the tools of its developers into .venv"
	@$(pip) --editable ".[dev]"
	@touch .venv/installed $@

.venv/benching: .venv/developing
	@$(pip) --editable ".[dev,bench]"
	@touch $@

# A graph of its own: neither the user's embedded graph nor the server of NEO4J_URI is touched.
demo: export RANKGRAPH_HOME := $(CURDIR)/.demo/graph
demo: export NEO4J_URI :=
demo: .venv/installed
	@if [ -f .demo/passwords.json ]; then rm -rf .demo; fi  # a graph of an older version was there itself
	@mkdir -p .demo
	@echo '$$ rankgraph load --samples'
	@$(rankgraph) load --samples >.demo/loaded 2>.demo/notes || { cat .demo/notes; exit 1; }
	@sed -n 1p .demo/loaded
	@echo '$$ rankgraph pathway sergeant inspector --held-rank sergeant:2021-04-01'
	@$(rankgraph) pathway sergeant inspector --held-rank sergeant:2021-04-01
	@echo; echo '$$ rankgraph gap "met commander" dac'
	@$(rankgraph) gap "met commander" dac 2>>.demo/notes
	@echo '$$ rankgraph picture pathway sergeant inspector --out .demo/way.html'
	@$(rankgraph) picture pathway sergeant inspector --out .demo/way.html --overwrite
	@echo "The samples are invented. To go on with them: RANKGRAPH_HOME=.demo/graph $(rankgraph) --help"

# What is imported is kept compiled: the tests start the command line hundreds of times.
quick test: export PYTHONDONTWRITEBYTECODE :=

quick: .venv/developing
	@$(bin)/python -m pytest --numprocesses $(WORKERS) --quick --quiet

test: .venv/developing
	@$(bin)/python -m pytest --numprocesses $(WORKERS) --durations 10

campaign: .venv/developing
	@$(bin)/python -m tests.campaign.run $(CAMPAIGN)

lint: .venv/developing
	@$(bin)/python -m ruff check .
	@$(bin)/python -m ruff format --check .

types: .venv/developing
	@$(bin)/python -m mypy

check:
	@PYTHON="$(PYTHON)" bash .ci/run

bench: .venv/benching
	@$(bin)/python bench/run.py

# What an installation takes, each file of all systems by its hash; to be written anew after constraints.txt has changed.
requirements: .venv/made
	@$(pip) "uv==0.13.9"
	@printf 'hatchling\neditables\n' | $(bin)/python -m uv pip compile pyproject.toml - --constraint constraints.txt \
		--universal --python-version 3.11 --generate-hashes --no-annotate --no-header --quiet \
		--upgrade --output-file requirements.txt

# What is installed, with versions and licences, for whoever keeps a list of it.
sbom: .venv/installed
	@$(PYTHON) -m venv .venv/sbom
	@.venv/sbom/$(notdir $(bin))/python -m pip --disable-pip-version-check install --quiet "cyclonedx-bom==7.5.0"
	@.venv/sbom/$(notdir $(bin))/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file rankgraph.cdx.json $(bin)/python

clean:
	@rm -rf .venv .demo rankgraph.cdx.json
