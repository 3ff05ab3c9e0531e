# Every target is the plain command that the README shows as well.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test test-long lint docs check clean

demo: .venv/ready
	$(BIN)/bacajuga demo

test: .venv/ready
	$(BIN)/pytest -n auto -m 'not long'

test-long: .venv/ready
	$(BIN)/pytest -n auto -m long

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: .venv/ready
	$(BIN)/cog -r README.md docs/*.md

check: lint test test-long
	$(BIN)/cog --check README.md docs/*.md

clean:
	rm -rf .venv

# pip is upgraded first: the one that Debian 12 brings fails on some of the packages.
.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@
