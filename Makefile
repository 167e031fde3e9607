# All commands of the project; `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
# Where the packages are installed. Another Python's environment can be kept beside it: VENV=.cache/venv-3.13
VENV ?= .venv
# Number of pytest processes; two suit a laptop and a CI machine alike.
TEST_WORKERS ?= 2
PYTEST_ARGS ?=

UV := $(shell command -v uv 2>/dev/null)
# Scripts in $(VENV)/bin contain the folder's absolute path; `python -m` still works after the folder was moved.
PY := $(VENV)/bin/python
SAY := @printf '\n\033[1m── %s\033[0m\n'

# Tests and checks do not depend on this machine's .env: portal/settings.py does not read it under TESTING.
CHECKED := env DEBUG=0 DEMO=0 TESTING=1 DATABASE_URL=sqlite:///$(CURDIR)/.cache/check.sqlite3
TEMPLATES = $(shell find templates -name '*.html' | sort)
# The settings of a production site, with invented values.
PRODUCTION := env DEBUG=0 DEMO=0 TESTING=0 HTTPS=1 BEHIND_PROXY=1 TRUSTED_PROXIES=10.0.0.5 CACHE_URL=locmemcache:// \
  SECRET_KEY=only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz \
  ALLOWED_HOSTS=tin.example.vn CSRF_TRUSTED_ORIGINS=https://tin.example.vn \
  DATABASE_URL=sqlite:///$(CURDIR)/.cache/check.sqlite3
DEMO_SITE := env DEBUG=0 DEMO=1 TESTING=0 HTTPS=0
DEV_SITE := env DEBUG=1 DEMO=1 TESTING=0 HTTPS=0

# ---------------------------------------------------------------- for everybody

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run PORT=8080                        another port; make dev takes it too"
	@echo "  make test PYTHON=python3.13               another Python; a .venv made by a different version is made anew"
	@echo "  make test PYTEST_ARGS='-k ticker -x'      some of the tests"

.PHONY: run
run: port-is-free $(VENV)/.runtime staticfiles/staticfiles.json ## The demo portal on http://127.0.0.1:8000
	@$(call load_demo,$(DEMO_SITE))
	@echo
	@echo "Cổng Tin: http://127.0.0.1:$(PORT)/    (Ctrl-C: dừng)"
	@exec $(DEMO_SITE) PORT=$(PORT) $(PY) -m gunicorn --config deploy/gunicorn.conf.py portal.wsgi

.PHONY: dev
dev: port-is-free $(VENV)/.dev ## The same for contributors: DEBUG, and every change of the code restarts the server
	@$(call load_demo,$(DEV_SITE))
	@exec $(DEV_SITE) $(PY) manage.py runserver 127.0.0.1:$(PORT)

load_demo = set -e; for command in "migrate --verbosity 0" demo "reindex --missing"; do \
  $(1) $(PY) manage.py $$command; done

.PHONY: test
test: lint types migrations templates test-sqlite test-postgres test-browser ## Everything CI runs

.PHONY: format
format: $(VENV)/.dev ## Format Python, templates, CSS and JavaScript
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format .
	@$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES) || $(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	@$(VENV)/bin/biome check --write

.PHONY: lock
lock: ## Compile requirements*.txt from pyproject.toml again (needs uv); UPGRADE=1 takes newer versions
	@test -n "$(UV)" || { echo "make lock needs uv (https://docs.astral.sh/uv/)."; exit 1; }
	@$(call compile,requirements.txt,)
	@$(call compile,requirements-dev.txt,--group dev --constraint requirements.txt)
	@echo "requirements.txt and requirements-dev.txt are up to date with pyproject.toml."

compile = UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --generate-hashes \
  --python-version 3.11 --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) \
  pyproject.toml $(2) --output-file $(1)

.PHONY: demo-pictures
demo-pictures: $(VENV)/.dev ## Draw the pictures of the demo again (tools/demo_pictures)
	@$(PY) -m tools.demo_pictures

.PHONY: screenshots
screenshots: $(VENV)/.dev ## Take the pictures of README and the guides from a demo site (needs Chromium)
	@$(PY) -m docs.screenshots

.PHONY: clean
clean: ## Remove what can be made again; the database and uploads stay
	rm -rf $(VENV) .cache staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- the parts of `make test`

.PHONY: lint
lint: $(VENV)/.dev ## Ruff, Biome (CSS, JavaScript), import-linter
	$(SAY) "ruff"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	$(SAY) "biome"
	@$(VENV)/bin/biome check --error-on-warnings
	$(SAY) "import-linter"
	@$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

.PHONY: types
types: $(VENV)/.dev ## mypy with django-stubs
	$(SAY) "mypy"
	@$(CHECKED) $(PY) -m mypy

.PHONY: migrations
migrations: $(VENV)/.dev ## Missing migrations; Django's checks, also with production settings
	@mkdir -p .cache
	$(SAY) "makemigrations --check"
	@$(CHECKED) $(PY) manage.py makemigrations --check --dry-run
	$(SAY) "check"
	@$(CHECKED) $(PY) manage.py check --fail-level WARNING
	$(SAY) "check --deploy"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

.PHONY: templates
templates: $(VENV)/.dev ## djade and djlint
	$(SAY) "djade"
	@$(VENV)/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(SAY) "djlint"
	@$(PY) -m djlint --lint --quiet templates

.PHONY: test-sqlite
test-sqlite: $(VENV)/.dev ## The tests on SQLite, without the browser
	$(SAY) "pytest on SQLite"
	@$(CHECKED) $(PY) -m pytest -n $(TEST_WORKERS) -m "not browser" $(PYTEST_ARGS)

.PHONY: test-postgres
test-postgres: $(VENV)/.dev ## The same on a PostgreSQL server that is started for the tests
	$(SAY) "pytest on PostgreSQL"
	@$(CHECKED) $(PY) -m tests.postgres -- $(PY) -m pytest -n $(TEST_WORKERS) -m "not browser" $(PYTEST_ARGS)

.PHONY: test-browser
test-browser: $(VENV)/.dev ## The tests in headless Chromium
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

# No environment yet, its Python was removed, or a different version made it: everything in it is installed again.
version_of = $(shell "$(1)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
ifneq ($(call version_of,$(PYTHON)),$(call version_of,$(PY)))
.PHONY: $(PY) $(VENV)/.runtime $(VENV)/.dev
endif

$(PY): | python-is-new
ifeq ($(UV),)
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment here. On Debian: apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) …"
	@"$(PYTHON)" -m venv --clear --prompt cong-tin $(VENV)
else
	@$(UV) venv --quiet --clear --no-project --no-python-downloads --python "$(PYTHON)" --prompt cong-tin $(VENV)
endif

$(VENV)/.runtime: requirements.txt | $(PY)
	@$(call install,requirements.txt)
	@touch $@

# Contains the runtime packages in the same versions, so one installation serves both.
$(VENV)/.dev: requirements-dev.txt requirements.txt | $(PY)
	@$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $@

ifeq ($(UV),)
install = echo "Installing $(1) …"; $(PY) -m pip install --disable-pip-version-check --require-hashes --requirement $(1)
else
install = echo "Installing $(1) …"; $(UV) pip install --python $(PY) --compile-bytecode --require-hashes --requirement $(1)
endif

# collectstatic writes the manifest last, so its age tells whether the folder is up to date.
STATIC_SOURCES := $(shell find static */static -print 2>/dev/null | sed 's/ /\\ /g')
staticfiles/staticfiles.json: $(STATIC_SOURCES) portal/storage.py portal/apps.py $(VENV)/.runtime
	@echo "Collecting static files …"
	@$(DEMO_SITE) STATIC_ROOT=$(CURDIR)/staticfiles $(PY) manage.py collectstatic --no-input --verbosity 0
	@touch $@
