# Each target makes what it needs and is quick when that exists. Everything a run writes lies under var/.
PYTHON ?= python3
BIN := .venv/bin
export DECONFLICT_REFERENCE := $(CURDIR)/var/reference

.PHONY: install demo test up check bench lock golden browser release-check

install: .venv/.installed

.venv/.installed: requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Deconflict needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: install
	$(BIN)/deconflict demo

# A file is one worker's, so that what its tests share is made once.
test: install browser
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

# Chromium for the tests of the site; where it cannot be had, they are skipped and say so.
browser:
	@if command -v chromium chromium-browser google-chrome >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=no; fi; \
	if [ "$$as" = no ] || ! command -v apt-get >/dev/null; then echo "no Chromium: tests of the site are skipped"; exit 0; fi; \
	echo "installing Chromium for the tests of the site"; \
	{ $$as apt-get -qq update && DEBIAN_FRONTEND=noninteractive $$as apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 \
		|| echo "Chromium could not be installed: tests of the site are skipped"

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Runs on schedule until Ctrl-C: Prefect's server, the deployments of prefect.yaml and one worker; with the settings of
# the folder that `deconflict init` made, if it is named: make up FOLDER=../desk
FOLDER ?= .
up: install
	cd "$(FOLDER)" && "$(CURDIR)/$(BIN)/deconflict" up

# What a release would install, with hashes and licences; fails where one has no hash, a licence nobody has looked at or
# a known vulnerability. Where vulnerabilities cannot be looked up, it says so.
release-check: install
	mkdir -p var
	$(BIN)/python tools/bill_of_materials.py > var/bill-of-materials.json
	$(BIN)/python tools/audit.py

# What it costs. The other scripts there measure accuracy on labelled corpora, which they want to be told, or fit the
# reviewed weights of seeds/reference.
bench: install
	@for name in code poll resolve site warehouse; do echo "== $$name"; $(BIN)/python bench/$$name.py || exit 1; done

# After a change of the dependencies. No address of an index is written; `uv` is a tool of the maintainer's.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
		--constraint constraints.txt pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate \
		--constraint constraints.txt --extra dev pyproject.toml -o requirements-dev.lock
	@for line in 1.4 1.5 2.0; do printf 'duckdb==%s.*\npytz\n' $$line | uv pip compile --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate - -o tests/support/engines/duckdb-$$line.lock || exit 1; done

# After a change that was meant to change the figures: read the difference before committing it.
golden: install
	DECONFLICT_WRITE_GOLDEN=1 $(BIN)/pytest tests/golden/evaluation -p no:randomly
