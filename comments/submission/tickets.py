"""What a form carries to prove that we gave it out: for which article, with which code, when."""

import time
from typing import NamedTuple

from django.core import signing

from .. import conf

SALT = "comments.ticket"


class Ticket(NamedTuple):
    article: int
    key: str  # of the confirmation code
    seconds: float = 0  # since it was given


def give(article_id: int, key: str) -> str:
    return signing.dumps([article_id, key, round(time.time(), 1)], salt=SALT)


def read(value: str, article_id: int) -> Ticket | None:
    """None for a ticket that is missing, forged, too old or another article's."""
    try:
        article, key, given = signing.loads(value, salt=SALT, max_age=conf.get("ticket_minutes") * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Ticket(article, key, max(0.0, time.time() - given)) if article == article_id else None
