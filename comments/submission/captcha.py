"""The confirmation code: a picture of letters, or a question in words for people who cannot see the picture.

Rows are django-simple-captcha's, made only when somebody asks for a code."""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta

from captcha.models import CaptchaStore
from captcha.views import captcha_image
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from news.text.folding import fold

from .. import conf

LETTERS = "CDFHKMNPRTVXY3479"  # no vowels, so no words; nothing that looks like something else
LENGTH = 5
CLEAN_UP_EVERY = 50  # codes; expired rows go with the chance of one in so many

NUMBERS = (
    "không",
    "một",
    "hai",
    "ba",
    "bốn",
    "năm",
    "sáu",
    "bảy",
    "tám",
    "chín",
    "mười",
    "mười một",
    "mười hai",
    "mười ba",
    "mười bốn",
    "mười lăm",
    "mười sáu",
    "mười bảy",
    "mười tám",
)
AS_DIGITS = {fold(word).replace(" ", ""): str(number) for number, word in enumerate(NUMBERS)} | {
    "bay": "7",
    "muoinam": "15",
    "tu": "4",
}
PLACES = ("nhất", "hai", "ba", "tư", "năm")
PHRASES = (
    "sông xanh núi biếc trời trong",
    "sáng ra đồng lúa chín vàng",
    "chợ quê đông vui ngày tết",
    "thuyền về bến cá đầy khoang",
    "đường làng hoa nở hai bên",
    "trường học rộn ràng tiếng trống",
)


@dataclass
class Code:
    key: str
    picture: str = ""  # as a data: address
    question: str = ""

    @property
    def kind(self) -> str:
        return "cau-hoi" if self.question else "hinh"


def make(kind: str, request: HttpRequest) -> Code:
    if secrets.randbelow(CLEAN_UP_EVERY) == 0:
        CaptchaStore.remove_expired()
    challenge, response = _question() if kind == "cau-hoi" else _letters()
    expiration = timezone.now() + timedelta(minutes=conf.get("ticket_minutes"))
    store = CaptchaStore.objects.create(challenge=challenge, response=response, expiration=expiration)
    return _shown(store, request)


def again(key: str, request: HttpRequest) -> Code | None:
    """The same code once more, if it is still good."""
    store = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).first()
    return _shown(store, request) if store else None


def is_right(key: str, answer: str) -> bool:
    store = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now()).first()
    if store is None:
        return False
    typed = "".join(char for char in fold(answer) if char.isalnum())
    if store.challenge.startswith("?"):
        typed = AS_DIGITS.get(typed, typed)
    return secrets.compare_digest(typed.encode(), store.response.encode())


def burn(key: str) -> None:
    """One try per code; the next try gets another one."""
    CaptchaStore.objects.filter(hashkey=key).delete()


def _shown(store: CaptchaStore, request: HttpRequest) -> Code:
    if store.challenge.startswith("?"):
        return Code(store.hashkey, question=_in_words(store.challenge))
    picture = captcha_image(request, store.hashkey, scale=2).content
    return Code(store.hashkey, picture=f"data:image/png;base64,{b64encode(picture).decode()}")


def _letters() -> tuple[str, str]:
    letters = "".join(secrets.choice(LETTERS) for _number in range(LENGTH))
    return letters, letters.lower()


def _question() -> tuple[str, str]:
    """A challenge of at most 32 characters, from which `_in_words` makes the sentence, and the answer."""
    match secrets.choice("+-w"):
        case "+":
            first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
            return f"?+:{first}:{second}", str(first + second)
        case "-":
            first, second = sorted((secrets.randbelow(9) + 1, secrets.randbelow(9) + 1), reverse=True)
            return f"?-:{first}:{second}", str(first - second)
        case _:
            phrase, place = secrets.randbelow(len(PHRASES)), secrets.randbelow(len(PLACES))
            return f"?w:{phrase}:{place}", _canonical_word(PHRASES[phrase].split()[place])


def _canonical_word(word: str) -> str:
    folded = fold(word)
    return AS_DIGITS.get(folded, folded)


def _in_words(challenge: str) -> str:
    sort, first, second = challenge[1:].split(":")
    if sort == "w":
        return _("Từ thứ %(place)s trong câu “%(phrase)s” là từ nào?") % {
            "place": PLACES[int(second)],
            "phrase": PHRASES[int(first)],
        }
    numbers = {"first": NUMBERS[int(first)].capitalize(), "second": NUMBERS[int(second)]}
    return (
        _("%(first)s cộng %(second)s bằng mấy?") if sort == "+" else _("%(first)s trừ %(second)s bằng mấy?")
    ) % numbers
