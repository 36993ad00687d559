# 不打烊. `make run` is all a fresh Debian 12 needs: git, make and Python 3.11 or newer.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
UV_VERSION := 0.13.9
BUILD_BACKEND := setuptools>=80
# Hashes of every file of a release, so for x86-64 and ARM alike; no index is named, so any mirror does.
COMPILE := .venv/bin/uv pip compile --quiet --no-config --upgrade --python-version 3.11 \
  --python-platform x86_64-manylinux_2_36 --generate-hashes --no-emit-index-url --no-annotate --no-header
BENCHMARKS := catalogue cold_start drain intake queue responsiveness search submitting triage voice writing
CATALOGUE := resources/catalogue/compiled.bin
CATALOGUE_SOURCES := $(wildcard resources/catalogue/*.t* resources/catalogue/guides/*.toml \
  resources/language/*.tsv services/flat.py services/catalogue/*.py kiosk/domain/catalogue/*.py)
OFFSCREEN := QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software

.PHONY: help
help:  ## show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

.PHONY: run
run: install  ## install what is missing and show the demo
	@$(PY) -m kiosk demo

.PHONY: install
install: .venv/.installed $(CATALOGUE)  ## system packages, virtual environment, locked dependencies

$(CATALOGUE): .venv/.installed $(CATALOGUE_SOURCES)
	@echo "compiling the catalogue"
	@$(PY) -m kiosk catalogue compile

.venv/.python: system-packages.txt resources/deploy/system-packages.sh
	@resources/deploy/system-packages.sh "$(PYTHON)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.python requirements.lock pyproject.toml
	@echo "installing the locked Python packages"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q kiosk services ui
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock system-packages-dev.txt
	@resources/deploy/system-packages.sh "$(PYTHON)" system-packages-dev.txt
	@echo "installing the locked tools of development"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

.PHONY: test
test: .venv/.installed-dev $(CATALOGUE)  ## everything CI runs
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(OFFSCREEN) $(PY) -m tests.qmllint
	$(OFFSCREEN) timeout 2700 $(PY) -m pytest

.PHONY: format
format: .venv/.installed-dev  ## put the code in its standard form
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

.PHONY: bench
bench: .venv/.installed-dev $(CATALOGUE)  ## run every benchmark; each prints JSON
	@for name in $(BENCHMARKS); do $(OFFSCREEN) timeout 900 $(PY) -m tests.bench "$$name"; done

.PHONY: explore
explore: .venv/.installed-dev  ## let Hypothesis look further than CI does
	$(OFFSCREEN) HYPOTHESIS_PROFILE=explore timeout 3000 $(PY) -m pytest -q tests/kiosk/domain \
	  tests/services tests/content

.PHONY: voice-model
voice-model: .venv/.installed  ## the model of the voice, into .voice/; the kiosk speaks without it too
	@resources/deploy/voice-model.sh $(PY) .voice

.PHONY: voice
voice: voice-model  ## record what fixed wording is new, into resources/voice/
	@nice $(PY) -m kiosk voice render

.voice-quality/.installed: tests/bench/recogniser.lock .venv/.installed-dev
	@rm -rf .voice-quality
	@$(PIP) install --no-deps --require-hashes --only-binary :all: --target .voice-quality -r $<
	@touch $@

.PHONY: voice-quality
voice-quality: .voice-quality/.installed  ## what an independent recogniser understands of the recordings
	@timeout 1800 $(PY) -m tests.bench voice_quality

KEYBOARD := build/keyboard
.PHONY: keyboard
keyboard: .venv/.installed  ## compile the keyboard's data anew (needs libime-bin, libime-data, rime-data-stroke)
	@mkdir -p $(KEYBOARD)
	@libime_pinyindict -d /usr/share/libime/sc.dict $(KEYBOARD)/words.txt
	@$(PIP) download --no-deps --no-build-isolation --dest $(KEYBOARD) jieba==0.42.1
	@tar -xzf $(KEYBOARD)/jieba-0.42.1.tar.gz -C $(KEYBOARD)
	@$(PY) -m kiosk writing compile --dictionary $(KEYBOARD)/words.txt \
	  --model /usr/lib/*/libime/zh_CN.lm --strokes /usr/share/rime-data/stroke.dict.yaml \
	  --frequencies $(KEYBOARD)/jieba-0.42.1/jieba/dict.txt

SCALE ?= 1
SEED ?= 1
.PHONY: faults
faults: .venv/.installed-dev  ## kills, power cuts and worse, 10,000 of each (SCALE=0.1: a tenth); REPORT.md
	@$(OFFSCREEN) $(PY) -m tests.faults.report --scale $(SCALE) --seed $(SEED)

.PHONY: lock
lock: .venv/.python  ## resolve the dependencies anew and write both lock files
	@$(PIP) install "uv==$(UV_VERSION)"
	@echo "$(BUILD_BACKEND)" | $(COMPILE) --output-file requirements.lock pyproject.toml - >/dev/null
	@$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock \
	  pyproject.toml >/dev/null

.PHONY: clean
clean:  ## remove what was built or installed here, but no data
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
