"""Reads settings from the environment. A value that cannot be understood raises ImproperlyConfigured with a sentence,
which never repeats a URL, because it may contain a password."""

import warnings
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}
MIN_SECRET_KEY_LENGTH = 50  # characters; `check --deploy` asks for as many
LOCAL_SUFFIXES = (".localhost", ".local", ".test")  # never in the public domain name system (RFC 2606, 6762)


class Environment(environ.Env):
    def bool(self, var: str, default: Any = False) -> Any:
        """Raises ImproperlyConfigured for an unknown word such as "ture", which django-environ takes for False."""
        value = self.ENVIRON.get(var)
        if value is None:
            return default
        if value.strip().lower() not in YES | NO:
            raise ImproperlyConfigured(f"{var} is 1 or 0 (also true/false, yes/no, on/off), not {value!r}.")
        return value.strip().lower() in YES if value.strip() else default

    def names(self, var: str, default: tuple[str, ...] = ()) -> list[str]:
        return [name.strip() for name in self.list(var, default=list(default)) if name.strip()]

    def choice(self, var: str, choices: tuple[str, ...], default: str) -> str:
        value = str(self.ENVIRON.get(var) or default).strip().lower()
        if value not in choices:
            raise ImproperlyConfigured(f"{var} is one of {', '.join(choices)}, not {value!r}.")
        return value

    def networks(self, var: str) -> list[str]:
        names = self.names(var)
        for name in names:
            try:
                ip_network("0.0.0.0/32" if name == "unix" else name)
            except ValueError:
                raise ImproperlyConfigured(
                    f"{var} lists addresses or networks such as 10.0.0.5, 172.18.0.0/16 or unix, "
                    f"separated by commas; {name!r} is none."
                ) from None
        return names

    def database(self, var: str, default: str) -> dict[str, Any]:
        database = self.address(
            self.db_url, var, default, "postgresql://user:password@host:5432/name or sqlite:////folder/db.sqlite3"
        )
        if (
            database.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql")
            or not database["NAME"]
        ):
            raise ImproperlyConfigured(
                f"{var} names a PostgreSQL or SQLite database: postgresql://user:password@host:5432/name."
            )
        return database

    def cache(self, var: str, default: str) -> dict[str, Any]:
        return self.address(self.cache_url, var, default, "redis://host:6379/0 or locmemcache://")

    def mail(self, var: str, default: str) -> dict[str, Any]:
        return self.address(self.email_url, var, default, "smtp+tls://user:password@host:587 or consolemail://")

    def address(self, read: Callable[..., Any], var: str, default: str, example: str) -> dict[str, Any]:
        try:
            with warnings.catch_warnings(action="ignore"):  # the warning of an unknown scheme shows the whole URL
                return read(var, default=default) if self.ENVIRON.get(var) else read("", default=default)
        except (ValueError, KeyError, AttributeError, ImproperlyConfigured):
            raise ImproperlyConfigured(
                f"{var} cannot be read. It looks like {example}; "
                "in a user name or password write / @ : # ? % as %2F %40 %3A %23 %3F %25."
            ) from None


def is_local(host: str) -> bool:
    """Whether a name in ALLOWED_HOSTS can only be this machine or its private network."""
    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith(LOCAL_SUFFIXES)


def is_weak_key(key: str) -> bool:
    return len(key) < MIN_SECRET_KEY_LENGTH or len(set(key)) < 5 or key.startswith("django-insecure-")
