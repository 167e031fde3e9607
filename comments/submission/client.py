from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from news.http.client_address import ClientAddresses


@lru_cache(maxsize=8)
def _addresses(trusted: tuple[str, ...]) -> ClientAddresses:
    return ClientAddresses(list(trusted))


def client_address(request: HttpRequest) -> str:
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return _addresses(tuple(settings.TRUSTED_PROXIES)).of(request.META.get("REMOTE_ADDR", ""), forwarded)


def client_hash(request: HttpRequest) -> str:
    """A keyed hash of the client's address, stored instead of it. It changes every day at midnight."""
    return salted_hmac(
        "comments.client", f"{timezone.localdate():%Y-%m-%d} {client_address(request)}", algorithm="sha256"
    ).hexdigest()
