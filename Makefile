# Two commands do everything: `make serve` and `make test`. Both install what they need into .venv.

PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve site test check lint bench fuzz screenshots lock clean

serve: .venv/site  ## build the site and serve it with live reload
	$(BIN)/mkdocs serve

site: .venv/site  ## build into site/
	$(BIN)/mkdocs build --strict

check: .venv/site  ## check all records
	$(BIN)/signpost check

test: .venv/test lint  ## all tests, in a real browser too
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest

lint: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/site  ## time and memory of 1,000 records beside stock MkDocs + Material
	$(BIN)/python bench/bench.py

fuzz: .venv/test  ## a minute of fuzzing for each entry point
	$(BIN)/python -m tests.fuzz.run

screenshots: .venv/test site  ## pictures of the site, into build/screenshots/
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots

COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
lock: .venv/test  ## resolve the dependencies anew
	$(BIN)/pip install -q uv
	$(COMPILE) --extra build -o requirements.txt pyproject.toml
	$(COMPILE) --extra build --extra test -o requirements-test.txt pyproject.toml

clean:
	rm -rf .venv site build .site.new .site.lock

.venv/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Signpost needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/site: .venv/pip requirements.txt pyproject.toml
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/test: .venv/site requirements-test.txt
	$(BIN)/pip install -q --require-hashes -r requirements-test.txt
	touch $@
