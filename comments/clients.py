"""Who sends: an address that only a key of the day makes comparable, never the address itself."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUSEHOLD = 64  # bits; one line has 2^64 IPv6 addresses


@lru_cache(maxsize=8)
def _networks(names: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(name, strict=False) for name in names)


def _is_trusted(address: str, proxies: tuple[str, ...]) -> bool:
    if not address:  # a proxy on this machine that speaks through a socket has no address
        return bool(proxies)
    try:
        return any(ip_address(address) in network for network in _networks(proxies))
    except ValueError:
        return False


def client_address(request: HttpRequest) -> str:
    """Read from the right: each trusted proxy wrote down who spoke to it; what stands further left anybody may have invented."""
    proxies = tuple(getattr(settings, "TRUSTED_PROXIES", ()))
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while forwarded and _is_trusted(address, proxies):
        address = forwarded.pop()
    return _household(address)


def _household(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, HOUSEHOLD), strict=False))
    return str(parsed)


def client_hash(request: HttpRequest) -> str:
    """The same for one address all day, another one tomorrow."""
    return salted_hmac("comments.client", f"{timezone.localdate():%Y-%m-%d} {client_address(request)}", algorithm="sha256").hexdigest()
