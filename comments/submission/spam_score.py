"""Why an opinion may be spam. Pure: words in, hits out; nothing here decides, the points only order the queue."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, TypedDict

from news.text.folding import fold
from news.text.tones import OLDER_PLACEMENT

from .. import conf

# The endings of addresses that spam in Vietnam uses, and those of ordinary sites; a sentence's "ban.Tôi" is no address.
ENDINGS = (
    "com|net|org|info|biz|vn|io|co|me|tv|cc|xyz|top|club|vip|shop|site|online|asia|win|bet|casino|live|app|pro|link|store|fun|"
    "website|space|tech|dev|gg|ly|us|uk|cn|ru|jp|de|fr|eu|vegas|poker|games|today|world|icu|bio|page"
)
LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>]+|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{ENDINGS})(?![\w@-])(?:[/?:#][^\s<>]*)?",
    re.IGNORECASE | re.ASCII,
)
HOST = re.compile(r"(?:https?://)?([^/?#:\s]+)", re.IGNORECASE)
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# "hòa" and "hoà" are one word.
EITHER_PLACEMENT = {form: f"(?:{older}|{newer})" for newer, older in OLDER_PLACEMENT.items() for form in (older, newer)}
TONE_PLACEMENT = re.compile("|".join(EITHER_PLACEMENT), re.IGNORECASE)


class Hit(TypedDict):
    rule: str
    points: int
    field: str  # "body", "name", or empty where no words are meant
    start: int
    end: int


class Sent(NamedTuple):
    """What is known about an opinion at the moment it arrives."""

    name: str
    body: str
    honeypot: bool = False
    seconds: float = 3600  # since the ticket was given
    many_from_client: bool = False
    terms: tuple[tuple[str, str], ...] = ()  # (kind, term) of the block list


def score(hits: Iterable[Hit]) -> int:
    return sum(hit["points"] for hit in hits)


def text_key(body: str) -> str:
    """Equal for texts that differ only in marks, capitals, spaces and punctuation."""
    return sha256(NOT_A_WORD.sub(" ", fold(body)).strip().encode() or body.strip().encode()).hexdigest()


def find_hits(sent: Sent) -> list[Hit]:
    points = conf.get("points")
    return [
        *_circumstances(sent, points),
        *_links(sent, points),
        *_listed_words(sent, points),
        *_impersonation(sent, points),
        *_manner(sent.body, points),
    ]


def _circumstances(sent: Sent, points: dict[str, int]) -> Iterator[Hit]:
    fired = {
        "honeypot": sent.honeypot,
        "too_fast": sent.seconds < conf.get("too_fast_seconds"),
        "many_from_client": sent.many_from_client,
    }
    for rule, is_so in fired.items():
        if is_so:
            yield Hit(rule=rule, points=points[rule], field="", start=0, end=0)


def _links(sent: Sent, points: dict[str, int]) -> Iterator[Hit]:
    links = list(LINK.finditer(sent.body))
    rule = "many_links" if len(links) > 1 else "one_link"
    for number, link in enumerate(links):
        yield Hit(rule=rule, points=0 if number else points[rule], field="body", start=link.start(), end=link.end())
    blocked = {term.lower().removeprefix("www.") for kind, term in sent.terms if kind == "domain"}
    seen: set[str] = set()
    for link in links:
        found = HOST.match(link.group())
        host = found.group(1).lower().rstrip(".").removeprefix("www.") if found else ""
        domain = next((domain for domain in blocked if host == domain or host.endswith(f".{domain}")), "")
        if domain:
            worth = 0 if domain in seen else points["blocked_domain"]
            seen.add(domain)
            yield Hit(rule="blocked_domain", points=worth, field="body", start=link.start(), end=link.end())


def _listed_words(sent: Sent, points: dict[str, int]) -> Iterator[Hit]:
    """Each different word counts once, however often it stands there."""
    for kind, rule in (("word", "blocked_word"), ("watched", "watched_word")):
        words = tuple(sorted(term for its_kind, term in sent.terms if its_kind == kind))
        for field, text in (("body", sent.body), ("name", sent.name)):
            seen: set[str] = set()
            for found in _pattern(words).finditer(text) if words else ():
                word = " ".join(TONE_PLACEMENT.sub(_older, found.group().lower()).split())
                yield Hit(
                    rule=rule,
                    points=0 if word in seen else points[rule],
                    field=field,
                    start=found.start(),
                    end=found.end(),
                )
                seen.add(word)


def _impersonation(sent: Sent, points: dict[str, int]) -> Iterator[Hit]:
    """ "Công an xã" and "UBND huyện", not the person Nguyễn Công An: a name of several words counts only at the beginning."""
    names = [*conf.get("impersonated"), *(term for kind, term in sent.terms if kind == "name")]
    for found in _pattern(tuple(sorted(set(names)))).finditer(sent.name):
        if found.start() == 0 or len(found.group().split()) == 1:
            yield Hit(
                rule="impersonation", points=points["impersonation"], field="name", start=found.start(), end=found.end()
            )
            return


def _manner(body: str, points: dict[str, int]) -> Iterator[Hit]:
    repeated = _repetition(conf.get("repeated_from")).search(body)
    if repeated:
        yield Hit(rule="repeated", points=points["repeated"], field="body", start=repeated.start(), end=repeated.end())
    letters = [char for char in body if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) >= conf.get("capitals_letters") and capitals > len(letters) * conf.get("capitals_from"):
        yield Hit(rule="capitals", points=points["capitals"], field="", start=0, end=0)


@lru_cache(maxsize=8)
def _repetition(times: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s.…_=*–-])\1{{{times - 1},}}")  # dotted and dashed lines are how people divide a text


@lru_cache(maxsize=16)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the terms as whole words with exactly these marks; long ones first, so that the longest is found."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(_expression, sorted(terms, key=len, reverse=True)))})(?!\w)", re.IGNORECASE
    )


def _expression(term: str) -> str:
    words = (
        TONE_PLACEMENT.sub(lambda found: EITHER_PLACEMENT[found.group().lower()], re.escape(word))
        for word in term.split()
    )
    return r"\s+".join(words)


def _older(found: re.Match[str]) -> str:
    return OLDER_PLACEMENT.get(found.group(), found.group())
