"""A site that would be unsafe does not start, and says in a sentence what to set."""

import os
import re
import runpy
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import Settings

from portal.environment import Environment, is_local
from tests.factories import make_comment

ROOT = Path(settings.BASE_DIR)
GOOD_KEY = secrets.token_urlsafe(64)
PRODUCTION = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "tin.example.vn"}


def read_settings(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Executes settings.py once more, in this environment and without a .env file."""
    monkeypatch.setattr(Environment, "read_env", lambda *args, **kwargs: None)
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(Environment, "ENVIRON", environment)
    # For the time of the test; runpy warns of modules that were imported already.
    monkeypatch.delitem(sys.modules, "portal.settings", raising=False)
    return runpy.run_module("portal.settings", run_name="portal.settings_on_trial")


def test_production_starts_with_a_key_and_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    production = read_settings(monkeypatch, **PRODUCTION)
    assert (production["DEBUG"], production["HTTPS"], production["SECURE_SSL_REDIRECT"]) == (False, True, True)
    assert production["ALLOWED_HOSTS"] == ["tin.example.vn"]
    assert production["SESSION_COOKIE_SECURE"] and production["CSRF_COOKIE_SECURE"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY": "ngắn quá"}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY": "django-insecure-" + GOOD_KEY}, "SECRET_KEY is missing or weak"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "tin.example.vn, *"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS must name"),
        ({"DEBUG": "1"}, "refused where ALLOWED_HOSTS has tin.example.vn"),
        ({"TESTING": "yes"}, "refused where ALLOWED_HOSTS has tin.example.vn"),
        ({"DEMO": "1", "SECRET_KEY": ""}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY_FALLBACKS": f"{GOOD_KEY}, ngắn"}, "SECRET_KEY_FALLBACKS lists former values"),
        ({"HSTS_PRELOAD": "1", "HSTS_INCLUDE_SUBDOMAINS": "0"}, "HSTS_PRELOAD needs HSTS_INCLUDE_SUBDOMAINS"),
        ({"DEBUG": "ture"}, "DEBUG is 1 or 0"),
        ({"HTTPS": "đúng"}, "HTTPS is 1 or 0"),
        ({"BEHIND_PROXY": "2"}, "BEHIND_PROXY is 1 or 0"),
        ({"DATABASE_URL": "mysql://user:matkhau@host/name"}, "DATABASE_URL names a PostgreSQL or SQLite database"),
        ({"DATABASE_URL": "postgresql://user:matkhau@host"}, "DATABASE_URL names a PostgreSQL or SQLite database"),
        ({"DATABASE_URL": "postgresql://user:mat@khau@host:cổng/name"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "tin.db"}, "DATABASE_URL names a PostgreSQL or SQLite database"),
        ({"CACHE_URL": "memory://matkhau"}, "CACHE_URL cannot be read"),
        ({"EMAIL_URL": "gmail://user:matkhau@host"}, "EMAIL_URL cannot be read"),
    ],
)
def test_production_refuses_to_start(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(sentence)) as refusal:
        read_settings(monkeypatch, **PRODUCTION | change)
    assert "khau" not in str(refusal.value)  # no sentence repeats a password


@pytest.mark.django_db
def test_receipt_made_under_the_former_key_still_opens(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, client: Client
) -> None:
    settings.SECRET_KEY = former = secrets.token_urlsafe(64)
    comment = make_comment()
    address = comment.status_url
    rotated = read_settings(
        monkeypatch, **PRODUCTION | {"SECRET_KEY_FALLBACKS": f"{former},{secrets.token_urlsafe(64)}"}
    )
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = GOOD_KEY, []
    assert comment.status_url != address
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = rotated["SECRET_KEY"], rotated["SECRET_KEY_FALLBACKS"]
    assert (settings.SECRET_KEY, len(settings.SECRET_KEY_FALLBACKS)) == (GOOD_KEY, 2)
    assert comment.status_url == address
    assert comment.code in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("change", "header"),
    [
        ({}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_INCLUDE_SUBDOMAINS": "0"}, "max-age=31536000"),
        ({"HSTS_PRELOAD": "1"}, "max-age=31536000; includeSubDomains; preload"),
        ({"HTTPS": "0", "HSTS_PRELOAD": "1"}, None),
    ],
)
def test_hsts_covers_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, client: Client, change: dict[str, str], header: str | None
) -> None:
    site = read_settings(monkeypatch, **PRODUCTION | change)
    for name in ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"):
        setattr(settings, name, site[name])
    assert client.get("/healthz/live", secure=True).get("Strict-Transport-Security") == header


def test_manage_py_says_the_sentence_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | PRODUCTION | {"TESTING": "1", "DEBUG": "ture"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("DEBUG is 1 or 0")
    assert "Traceback" not in done.stderr


def test_empty_values_mean_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {"DATABASE_URL": "", "CACHE_URL": "", "EMAIL_URL": "", "HTTPS": "", "DEBUG": ""}
    site = read_settings(monkeypatch, **PRODUCTION | empty)
    assert site["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert site["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"
    assert (site["HTTPS"], site["DEBUG"]) == (True, False)


def test_spaces_between_hosts_are_no_part_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = {
        "ALLOWED_HOSTS": "tin.example.vn, www.tin.example.vn",
        "CSRF_TRUSTED_ORIGINS": "https://a.vn , https://b.vn",
    }
    site = read_settings(monkeypatch, **PRODUCTION | hosts)
    assert site["ALLOWED_HOSTS"] == ["tin.example.vn", "www.tin.example.vn"]
    assert site["CSRF_TRUSTED_ORIGINS"] == ["https://a.vn", "https://b.vn"]


def test_postgresql_and_redis_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = {"DATABASE_URL": "postgresql://tin:m%40t@db:5433/tin", "CACHE_URL": "redis://redis:6379/1"}
    site = read_settings(monkeypatch, **PRODUCTION | addresses)
    database = site["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["PORT"], database["PASSWORD"]) == (
        "django.db.backends.postgresql",
        "db",
        5433,
        "m@t",
    )
    assert database["CONN_HEALTH_CHECKS"]
    assert database["OPTIONS"]["connect_timeout"] == 2
    assert site["CACHES"]["default"]["LOCATION"] == "redis://redis:6379/1"
    assert site["CACHES"]["default"]["OPTIONS"]["IGNORE_EXCEPTIONS"]


def test_foreign_host_name_is_refused_without_a_word_in_the_log(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    assert client.get("/healthz/live", headers={"host": "evil.example"}).status_code == 400
    assert "evil.example" not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("192.168.1.20", True),
        ("may-ban.local", True),
        ("tin.example.vn", False),
        (".example.vn", False),
        ("notlocalhost", False),
        ("203.162.0.181", False),
    ],
)
def test_which_hosts_are_this_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_env_example_documents_every_variable() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "portal/settings.py").read_text()))
    for file in ("deploy/gunicorn.conf.py", "deploy/probe.py"):
        read |= set(re.findall(r'environ\.get\("(\w+)"', (ROOT / file).read_text()))
        read |= set(re.findall(r"environ\.get\('(\w+)'", (ROOT / file).read_text()))
    read |= set(
        re.findall(
            r"\$\{([A-Z]\w+)", (ROOT / "docker-compose.yml").read_text() + (ROOT / "deploy/entrypoint").read_text()
        )
    )
    documented = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert len(read) > 15
    assert documented == read


def test_env_example_is_a_start_once_its_two_secrets_are_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        read_settings(monkeypatch, **dict(lines))
    assert read_settings(monkeypatch, **dict(lines) | {"SECRET_KEY": GOOD_KEY})["HTTPS"]
