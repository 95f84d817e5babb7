# Two commands: make serve, make test. Everything else is for those who change the code.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
GEONAME_DATABASE ?= var/geoname.gpkg
export GEONAME_DATABASE

BIN := .venv/bin

.PHONY: serve test check format lock clean

# A database server needs its driver beside the rest.
serve: $(if $(findstring ://,$(GEONAME_DATABASE)),.venv/installed-postgis,.venv/installed)
	@case "$(GEONAME_DATABASE)" in \
	  *://*) $(BIN)/geoname db info >/dev/null 2>&1 || $(BIN)/geoname load guizhou ;; \
	  *) test -e "$(GEONAME_DATABASE)" || $(BIN)/geoname load guizhou ;; \
	esac
	@exec $(BIN)/geoname serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

test: .venv/installed-dev
	$(BIN)/pytest -n auto --dist loadgroup

check: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/pytest -q tests/house

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("geoname needs Python 3.11 or newer; this is " + sys.version.split()[0] + ": name another with make PYTHON=python3.12 serve" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/installed-postgis: .venv/installed requirements-postgis.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-postgis.lock
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Needs pip-tools; writes the lock files from pyproject.toml.
lock:
	$(PYTHON) scripts/lock.py

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
