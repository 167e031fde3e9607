"""The captcha: a picture of characters, or a question in words. Stored in the table of django-simple-captcha."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from captcha.models import CaptchaStore
from captcha.views import captcha_image
from django.http import HttpRequest
from django.utils import timezone

from news.text.folding import fold

from .. import conf
from . import tickets
from .captcha_questions import is_question, normalise_answer, question_text, random_question

CHARACTERS = "CDFHKMNPRTVXY3479"  # no vowels, so no words; no characters that look alike
LENGTH = 5
CLEAN_UP_EVERY = 50  # expired rows are deleted with one in so many new captchas


class CaptchaKind(StrEnum):
    PICTURE = "picture"
    QUESTION = "question"


@dataclass
class Captcha:
    """What the form shows of a captcha; either `picture` or `question` is empty."""

    ticket: str
    picture: str = ""  # as a data: URL
    question: str = ""

    @property
    def kind(self) -> CaptchaKind:
        return CaptchaKind.QUESTION if self.question else CaptchaKind.PICTURE


def create(kind: CaptchaKind, article_id: int, request: HttpRequest) -> Captcha:
    if secrets.randbelow(CLEAN_UP_EVERY) == 0:
        CaptchaStore.remove_expired()
    challenge, response = random_question() if kind == CaptchaKind.QUESTION else _random_characters()
    expiration = timezone.now() + timedelta(minutes=conf.get("ticket_minutes"))
    store = CaptchaStore.objects.create(challenge=challenge, response=response, expiration=expiration)
    return _captcha(store, tickets.sign(article_id, store.hashkey), request)


def find(ticket: tickets.Ticket, request: HttpRequest) -> Captcha | None:
    store = _valid_store(ticket.captcha_key)
    return _captcha(store, ticket.signed, request) if store else None


def is_correct(key: str, answer: str) -> bool:
    store = _valid_store(key)
    if store is None:
        return False
    typed = "".join(char for char in fold(answer) if char.isalnum())
    if is_question(store.challenge):
        typed = normalise_answer(typed)
    return secrets.compare_digest(typed.encode(), store.response.encode())


def delete(key: str) -> None:
    CaptchaStore.objects.filter(hashkey=key).delete()


def _valid_store(key: str) -> CaptchaStore | None:
    return CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).first()


def _captcha(store: CaptchaStore, ticket: str, request: HttpRequest) -> Captcha:
    if is_question(store.challenge):
        return Captcha(ticket, question=question_text(store.challenge))
    picture = captcha_image(request, store.hashkey, scale=2).content
    return Captcha(ticket, picture=f"data:image/png;base64,{b64encode(picture).decode()}")


def _random_characters() -> tuple[str, str]:
    characters = "".join(secrets.choice(CHARACTERS) for _number in range(LENGTH))
    return characters, characters.lower()
