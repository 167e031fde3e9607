# Every command of the project; `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
# Pytest's workers beside each other; two suit a laptop and a CI machine alike.
TEST_WORKERS ?= 2
PYTEST_ARGS ?=

UV := $(shell command -v uv 2>/dev/null)
# The scripts in .venv/bin carry the folder's absolute path; `python -m` goes on working when the folder has moved.
PY := .venv/bin/python
SAY := @printf '\n\033[1m── %s\033[0m\n'

# Tests and checks never see this machine's .env (portal/settings.py leaves it unread under TESTING).
CHECKED := env DEBUG=0 DEMO=0 TESTING=1 DATABASE_URL=sqlite:///$(CURDIR)/.cache/check.sqlite3
TEMPLATES = $(shell find templates -name '*.html' | sort)
# What a real site sets, with invented values.
PRODUCTION := env DEBUG=0 DEMO=0 TESTING=0 HTTPS=1 BEHIND_PROXY=1 TRUSTED_PROXIES=10.0.0.5 CACHE_URL=locmemcache:// \
  SECRET_KEY=only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz \
  ALLOWED_HOSTS=tin.example.vn CSRF_TRUSTED_ORIGINS=https://tin.example.vn \
  DATABASE_URL=sqlite:///$(CURDIR)/.cache/check.sqlite3
DEMO_SITE := env DEBUG=0 DEMO=1 TESTING=0 HTTPS=0

# ---------------------------------------------------------------- for everybody

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run PORT=8080      another port"
	@echo "  make test PYTEST_ARGS='-k ticker -x'      some of the tests"

.PHONY: run
run: port-is-free .venv/.runtime staticfiles/staticfiles.json ## The demo portal on http://127.0.0.1:8000
	@$(DEMO_SITE) $(PY) manage.py migrate --verbosity 0
	@$(DEMO_SITE) $(PY) manage.py demo
	@$(DEMO_SITE) $(PY) manage.py reindex --missing
	@echo
	@echo "Cổng Tin: http://127.0.0.1:$(PORT)/    (Ctrl-C: dừng)"
	@exec $(DEMO_SITE) PORT=$(PORT) $(PY) -m gunicorn --config deploy/gunicorn.conf.py portal.wsgi

.PHONY: test
test: lint types migrations templates test-sqlite test-postgres test-browser ## Everything CI runs

.PHONY: format
format: .venv/.dev ## Format Python, templates, CSS and JavaScript
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format .
	@.venv/bin/djade --target-version 5.2 $(TEMPLATES) || .venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	@.venv/bin/biome check --write

.PHONY: lock
lock: ## Compile requirements*.txt from pyproject.toml again (needs uv); UPGRADE=1 takes newer versions
	@test -n "$(UV)" || { echo "make lock needs uv (https://docs.astral.sh/uv/)."; exit 1; }
	@$(call compile,requirements.txt,)
	@$(call compile,requirements-dev.txt,--group dev --constraint requirements.txt)
	@echo "requirements.txt and requirements-dev.txt are up to date with pyproject.toml."

compile = UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --generate-hashes \
  --python-version 3.11 --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) \
  pyproject.toml $(2) --output-file $(1)

.PHONY: screenshots
screenshots: .venv/.dev ## The pictures of README, taken from a demo of their own (needs Chromium)
	@$(PY) -m docs.screenshots

.PHONY: clean
clean: ## Remove what can be made again; the database and uploads stay
	rm -rf .venv .cache staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- the parts of `make test`

.PHONY: lint
lint: .venv/.dev ## Ruff, Biome (CSS, JavaScript) and the layers between the apps
	$(SAY) "ruff"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	$(SAY) "biome"
	@.venv/bin/biome check --error-on-warnings
	$(SAY) "import-linter"
	@$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

.PHONY: types
types: .venv/.dev ## mypy with django-stubs
	$(SAY) "mypy"
	@$(CHECKED) $(PY) -m mypy

.PHONY: migrations
migrations: .venv/.dev ## No model without its migration; Django's own checks, also as a production site
	@mkdir -p .cache
	$(SAY) "makemigrations --check"
	@$(CHECKED) $(PY) manage.py makemigrations --check --dry-run
	$(SAY) "check"
	@$(CHECKED) $(PY) manage.py check --fail-level WARNING
	$(SAY) "check --deploy"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: templates
templates: .venv/.dev ## djade and djlint
	$(SAY) "djade"
	@.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(SAY) "djlint"
	@$(PY) -m djlint --lint --quiet templates

.PHONY: test-sqlite
test-sqlite: .venv/.dev ## The tests on SQLite, without the browser
	$(SAY) "pytest on SQLite"
	@$(CHECKED) $(PY) -m pytest -n $(TEST_WORKERS) -m "not browser" $(PYTEST_ARGS)

.PHONY: test-postgres
test-postgres: .venv/.dev ## The same on a PostgreSQL that lives as long as the tests
	$(SAY) "pytest on PostgreSQL"
	@$(CHECKED) $(PY) -m tests.postgres -- $(PY) -m pytest -n $(TEST_WORKERS) -m "not browser" $(PYTEST_ARGS)

.PHONY: test-browser
test-browser: .venv/.dev ## The tests in headless Chromium
	$(SAY) "pytest in the browser"
	@$(CHECKED) $(PY) -m pytest -m browser $(PYTEST_ARGS)

# ---------------------------------------------------------------- the environment

.PHONY: port-is-free
port-is-free: python-is-new
	@$(PYTHON) deploy/port_is_free.py "$(PORT)"

.PHONY: python-is-new
python-is-new:
	@command -v "$(PYTHON)" >/dev/null || { echo "Cổng Tin needs Python 3.11 or newer, and there is no $(PYTHON) here. On Debian: apt install python3 python3-venv"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Cổng Tin needs Python 3.11 or newer; $(PYTHON) here is $$("$(PYTHON)" -V 2>&1 | cut -d' ' -f2). Name another with: make PYTHON=/path/to/python3.12 …"; exit 1; }

# Not there, or the Python behind its link has gone.
$(PY): | python-is-new
ifeq ($(UV),)
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment here. On Debian: apt install python3-venv"; exit 1; }
	@echo "Making .venv …"
	@"$(PYTHON)" -m venv --clear --prompt cong-tin .venv
else
	@$(UV) venv --quiet --clear --no-project --no-python-downloads --python "$(PYTHON)" --prompt cong-tin .venv
endif

.venv/.runtime: requirements.txt | $(PY)
	@$(call install,requirements.txt)
	@touch $@

# Holds the runtime packages in the same versions, so one installation serves both.
.venv/.dev: requirements-dev.txt requirements.txt | $(PY)
	@$(call install,requirements-dev.txt)
	@touch .venv/.runtime $@

ifeq ($(UV),)
install = echo "Installing $(1) …"; $(PY) -m pip install --disable-pip-version-check --require-hashes --requirement $(1)
else
install = echo "Installing $(1) …"; $(UV) pip install --python $(PY) --compile-bytecode --require-hashes --requirement $(1)
endif

# The manifest is the last file that collectstatic writes; its age says whether the folder is up to date.
STATIC_SOURCES := $(shell find static */static -print 2>/dev/null | sed 's/ /\\ /g')
staticfiles/staticfiles.json: $(STATIC_SOURCES) portal/storage.py portal/apps.py .venv/.runtime
	@echo "Collecting static files …"
	@$(DEMO_SITE) STATIC_ROOT=$(CURDIR)/staticfiles $(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@
