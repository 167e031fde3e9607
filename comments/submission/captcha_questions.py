"""Questions in words, for people who cannot see the captcha picture.

A question is stored as a challenge of at most 32 characters, such as "?+:3:4" or "?w:2:1", from which `question_text`
makes the sentence."""

import secrets

from django.utils.translation import gettext as _

from news.text.folding import fold

MARK = "?"  # the first character of the challenge of a question
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
DIGITS_OF = {fold(word).replace(" ", ""): str(number) for number, word in enumerate(NUMBERS)} | {
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


def random_question() -> tuple[str, str]:
    match secrets.choice("+-w"):
        case "+":
            first, second = secrets.randbelow(9) + 1, secrets.randbelow(9) + 1
            return f"{MARK}+:{first}:{second}", str(first + second)
        case "-":
            first, second = sorted((secrets.randbelow(9) + 1, secrets.randbelow(9) + 1), reverse=True)
            return f"{MARK}-:{first}:{second}", str(first - second)
        case _:
            phrase, place = secrets.randbelow(len(PHRASES)), secrets.randbelow(len(PLACES))
            return f"{MARK}w:{phrase}:{place}", normalise_answer(fold(PHRASES[phrase].split()[place]))


def is_question(challenge: str) -> bool:
    return challenge.startswith(MARK)


def normalise_answer(folded: str) -> str:
    """Numbers written as words become digits: "bảy", folded to "bay", becomes "7"."""
    return DIGITS_OF.get(folded, folded)


def question_text(challenge: str) -> str:
    kind, first, second = challenge.removeprefix(MARK).split(":")
    if kind == "w":
        return _("Từ thứ %(place)s trong câu “%(phrase)s” là từ nào?") % {
            "place": PLACES[int(second)],
            "phrase": PHRASES[int(first)],
        }
    numbers = {"first": NUMBERS[int(first)].capitalize(), "second": NUMBERS[int(second)]}
    return (
        _("%(first)s cộng %(second)s bằng mấy?") if kind == "+" else _("%(first)s trừ %(second)s bằng mấy?")
    ) % numbers
