"""A signed form field that says for which article, with which captcha and when a form was handed out."""

import time
from typing import NamedTuple

from django.core import signing

from .. import conf

SALT = "comments.ticket"


class Ticket(NamedTuple):
    article_id: int
    captcha_key: str
    age: float = 0  # seconds
    signed: str = ""


def sign(article_id: int, captcha_key: str) -> str:
    return signing.dumps([article_id, captcha_key, round(time.time(), 1)], salt=SALT)


def read(signed: str, article_id: int) -> Ticket | None:
    """None for a ticket that is missing, forged, expired or of another article."""
    try:
        article, key, issued_at = signing.loads(signed, salt=SALT, max_age=conf.get("ticket_minutes") * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(article, key, max(0.0, time.time() - issued_at), signed) if article == article_id else None
