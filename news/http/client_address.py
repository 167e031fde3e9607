"""The address of the client behind trusted reverse proxies."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

MAX_HOPS = 10  # entries of X-Forwarded-For that are read, from the right
UNIX_SOCKET = "unix"
Address = IPv4Address | IPv6Address


class ClientAddresses:
    """Reads X-Forwarded-For from right to left and stops at the first address that is not a trusted proxy.

    What a client forges stands further left and is never reached.
    """

    def __init__(self, trusted: list[str]) -> None:
        self.trusts_socket = UNIX_SOCKET in trusted
        self.networks = [ip_network(name) for name in trusted if name != UNIX_SOCKET]
        # One client asks for many pages. A forged header can only evict other entries.
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, remote: str, forwarded: str) -> str:
        """Return an IPv4 address, the /64 network of an IPv6 address, or "" if the address is unknown."""
        address = parse_address(remote)
        if not (self._is_trusted(address) if address else self.trusts_socket):
            return _household(address)
        for hop in reversed(forwarded.split(",")[-MAX_HOPS:]):
            found = parse_address(hop)
            if found is None:
                break
            address = found
            if not self._is_trusted(found):
                break
        return _household(address)

    def _is_trusted(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


def parse_address(text: str) -> Address | None:
    """Accept also 203.0.113.7:51000 and [2001:db8::1]:51000, as some proxies write. ::ffff:203.0.113.7 becomes IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _household(address: Address | None) -> str:
    """Internet providers assign a /64 to a household, and devices change their address within it."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address or "")
