"""Addresses that people typed or imports brought, before they become links."""

import re
from urllib.parse import quote, urlsplit

# Browsers drop tab and newline from addresses, and spaces and controls before them, so "java\nscript:" would run.
NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")
HOST_FIRST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")  # "vi-du.vn/bai", as people write it
SLASHES = re.compile(r"^[\s/\\]+")


def web_address(text: str | None) -> str:
    """The text if it is an http or https address, with https added to one that begins with its host; otherwise ""."""
    address = (text or "").strip()
    if NOT_IN_ADDRESS.search(address):
        return ""
    if HOST_FIRST.fullmatch(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "\\" not in parts.netloc
        return address if is_web and (parts.port is None or parts.port) else ""
    except ValueError:  # such as "http://[" or a port that is no number
        return ""


def own_path(text: str) -> str:
    """The text as a path on this site: never a scheme, never the host of somebody else."""
    return "/" + quote(SLASHES.sub("", text), safe="/~%:@!$&'()*+,;=-._")
