"""Where a request comes from, behind proxies that are trusted by name."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

MAX_HOPS = 10  # of an X-Forwarded-For header; the rest is not looked at
UNIX_SOCKET = "unix"
Address = IPv4Address | IPv6Address


class ClientAddresses:
    """The reader's address, read from right to left past the proxies that are trusted: what a reader writes into
    X-Forwarded-For himself stands further left and is never reached."""

    def __init__(self, trusted: list[str]) -> None:
        self.trusts_socket = UNIX_SOCKET in trusted
        self.networks = [ip_network(name) for name in trusted if name != UNIX_SOCKET]
        # The same reader asks for many pages; a forged header can only push others out of this.
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, remote: str, forwarded: str) -> str:
        """What stands for the address in the visitor's hash: IPv4 as it is, IPv6 as its /64, "" when unknown."""
        address = parse_address(remote)
        if not (self._is_trusted(address) if address else self.trusts_socket):
            return _one_household(address)
        for hop in reversed(forwarded.split(",")[-MAX_HOPS:]):
            found = parse_address(hop)
            if found is None:
                break
            address = found
            if not self._is_trusted(found):
                break
        return _one_household(address)

    def _is_trusted(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.networks)


def parse_address(text: str) -> Address | None:
    """Also 203.0.113.7:51000 and [2001:db8::1]:51000, as some proxies write; ::ffff:203.0.113.7 is IPv4."""
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


def _one_household(address: Address | None) -> str:
    """A provider gives a household a /64, and its devices change within it."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False))
    return str(address or "")
