"""The secret token in the address of a sender's receipt page. The database stores only its hash."""

from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import salted_hmac

TOKEN_LENGTH = 32  # hexadecimal digits: 128 bits


class Token(NamedTuple):
    value: str
    hash: str


def token_for(code: str, known_hash: str = "") -> Token:
    """Derived from the receipt code and SECRET_KEY, so that the address can be shown again.

    With `known_hash`, SECRET_KEY_FALLBACKS are tried too: a receipt stays valid when the key is changed."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        value = salted_hmac("comments.receipt", code, secret=key, algorithm="sha256").hexdigest()[:TOKEN_LENGTH]
        token = Token(value, hash_of(value))
        if known_hash in ("", token.hash):
            return token
    return token


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
