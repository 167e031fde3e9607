from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def proxies_are_named(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Without trusted proxies every reader behind a proxy has the proxy's address."""
    if settings.SECURE_PROXY_SSL_HEADER and not settings.TRUSTED_PROXIES:
        return [
            Error(
                "BEHIND_PROXY is set, but TRUSTED_PROXIES is empty: all readers would count as one visitor.",
                hint="List the proxy's address or network, for example TRUSTED_PROXIES=10.0.0.5 or 172.18.0.0/16.",
                id="stats.E001",
            )
        ]
    return []
