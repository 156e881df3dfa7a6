# The commands of the house; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
LIVE := .venv-live
BLENDER := .venv-blender
MINUTES ?= 120
PHOTOS ?=
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# An environment is built in one go: uv inside it, then the pinned packages, then Looksee itself, editable.
define environment
	@test -n "$(PYTHON)" || { echo "Looksee needs Python 3.11 or newer: install it, then run make again." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Looksee needs Python 3.11 or newer; $(PYTHON) is older. Say: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(1)/bin/python || $(PYTHON) -m venv $(1) || { echo "Python cannot make an environment here: install its venv module (Debian: python3-venv), then run make again." >&2; exit 2; }
	@test -x $(1)/bin/uv || $(1)/bin/python -m pip install --quiet uv
	$(1)/bin/uv pip install --quiet --python $(1)/bin/python --requirement $(2)
	$(1)/bin/uv pip install --quiet --python $(1)/bin/python --no-deps --editable .
	@touch $(1)/.ready
endef

.PHONY: help setup demo check test test-live bench bench-opensearch quality opensearch opensearch-cluster catalogue model golden pins clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(VENV)/.ready playground/static/index.html ## make the environment and build the page

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	$(call environment,$(VENV),requirements/dev.txt)

$(LIVE)/.ready: requirements/live.txt pyproject.toml
	$(call environment,$(LIVE),requirements/live.txt)

playground/static/index.html: $(VENV)/.ready $(shell find playground/page -path '*/node_modules' -prune -o -type f -print 2>/dev/null)
	$(BIN)/python -m playground.build
	@touch $@

demo: setup ## open the local workspace with the sample catalogue
	@$(BIN)/looksee demo

check: setup ## lint, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup ## everything that needs no torch, browser or server
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-live: setup $(LIVE)/.ready ## everything else: starts the heavy real parts it needs
	bash .ci/parts
	$(LIVE)/bin/python -m pytest -m live

bench: setup $(LIVE)/.ready ## measure speed; writes docs/performance.md
	$(LIVE)/bin/python -m benchmarks

quality: setup $(LIVE)/.ready ## measure how well it finds; writes docs/quality.md (DATA=folder for real photos, KEEP=1 keeps the tuned weights)
	$(LIVE)/bin/python -m benchmarks.quality $(if $(DATA),--data $(DATA)) $(if $(KEEP),--keep) $(if $(CHECKPOINT),--checkpoint $(CHECKPOINT))

bench-opensearch: setup $(LIVE)/.ready ## measure the OpenSearch store; writes docs/performance.md
	$(LIVE)/bin/python -m benchmarks.opensearch

opensearch: setup ## start a local OpenSearch node (data is kept between starts)
	$(BIN)/python -m indexing.opensearch_node

opensearch-cluster: setup ## start three OpenSearch nodes on loopback
	$(BIN)/python -m indexing.opensearch_node --nodes 3

$(BLENDER)/.ready: requirements/blender.txt
	python3.11 -m venv $(BLENDER) && $(BLENDER)/bin/python -m pip install --quiet --requirement requirements/blender.txt && touch $@

catalogue: setup $(BLENDER)/.ready ## render the sample catalogue again (hours; resumes)
	$(BLENDER)/bin/python -m examples.catalogue render
	$(BLENDER)/bin/python -m examples.catalogue write
	$(BLENDER)/bin/python -m examples.catalogue photos
	$(BLENDER)/bin/python -m examples.catalogue questions
	$(BIN)/python -m examples.catalogue.written

model: $(LIVE)/.ready $(BLENDER)/.ready ## train the bundled model again (an hour of rendering, then MINUTES on two cores; PHOTOS="FOLDER ..." adds labelled photos)
	$(BLENDER)/bin/python -m examples.catalogue training
	$(LIVE)/bin/looksee model train build/training --views build/training/views $(addprefix --photos ,$(PHOTOS)) --minutes $(MINUTES) --licence Apache-2.0 --out inference/models/looksee-small

golden: setup ## rewrite the golden files; read the diff
	$(BIN)/python -m pytest tests -q --rewrite-golden

PIN := uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url --python-version 3.11
pins: ## resolve the pinned requirements again
	$(BIN)/$(PIN) pyproject.toml --extra dev --extra train --extra live --upgrade -o requirements/live.txt
	$(BIN)/$(PIN) pyproject.toml --extra dev -c requirements/live.txt -o requirements/dev.txt
	$(BIN)/$(PIN) pyproject.toml -c requirements/live.txt -o requirements/base.txt
	$(BIN)/$(PIN) requirements/bot.in -c requirements/live.txt -o requirements/bot.txt
	$(BIN)/$(PIN) requirements/encoder.in --override requirements/encoder-without.txt -c requirements/live.txt -o requirements/encoder.txt
	echo cyclonedx-bom | $(BIN)/$(PIN) - -o requirements/sbom.txt

clean: ## remove environments, caches and builds (data is kept)
	rm -rf $(VENV) $(LIVE) $(BLENDER) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache playground/static playground/page/node_modules
