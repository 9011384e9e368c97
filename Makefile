# The workshop of kzcase. `make help` lists the commands.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

WORDS := $(wildcard translations/*/LC_MESSAGES/kzcase.po)

setup: .venv/ready .venv/words ## set everything up: system libraries, virtual environment, hash-locked wheels, catalogues

.venv/ready: requirements-dev.lock pyproject.toml packaging/linux/setup.sh
	@bash packaging/linux/setup.sh

.venv/words: .venv/ready $(WORDS)
	@.venv/bin/pybabel -q compile -d translations -D kzcase && touch $@

run: setup ## open the program on a demonstration casebook (without a screen: perform the day headlessly)
	@bash packaging/linux/run-demo.sh

test: setup ## run all tests
	@echo "kzcase: running all tests (offscreen)"
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.together

check: setup ## what CI runs: style, types, floors of the house, words, tests
	@echo "kzcase: style";  .venv/bin/ruff check . && .venv/bin/ruff format --check .
	@echo "kzcase: types";  .venv/bin/mypy
	@echo "kzcase: floors"; .venv/bin/lint-imports --no-cache
	@echo "kzcase: words";  $(PY) -m pytest tests/house/test_words.py
	@$(MAKE) --no-print-directory test

proof: setup ## long proofs (make proof NAME=… runs one)
	@bash packaging/linux/proofs.sh
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -m proof -o addopts="-q --strict-markers --import-mode=importlib" $(if $(NAME),-k $(NAME),)

screens: setup ## grab every screen in three languages to build/screens
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.screens build/screens
	@cp build/screens/cases-en-light.png docs/screenshot.png

bench: setup ## measure the speed budgets, each as a ratio
	@$(PY) -m kzcase bench

package: setup ## build the PyInstaller folder and start it once
	@bash packaging/linux/smoke.sh

words: setup ## extract the strings of the program and bring the catalogues up to date
	@$(PY) -m tests.house.words

format: setup ## let ruff put the code in order
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

clean: ## remove what was built (never a casebook outside build/)
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache

.PHONY: help setup run test check proof screens bench package words format clean
