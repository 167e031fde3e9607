"""Rules that say why an opinion may be spam. Their points decide about the queue; no rule rejects an opinion."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from news.text.folding import fold
from news.text.tones import OLDER_PLACEMENT

from .. import conf
from ..models import BlockedTerm, SpamHit, SpamRule

# Top-level domains of spam in Vietnam and of ordinary sites. A list, because "ban.Tôi" in a sentence is no domain.
TOP_LEVEL_DOMAINS = (
    "com|net|org|info|biz|vn|io|co|me|tv|cc|xyz|top|club|vip|shop|site|online|asia|win|bet|casino|live|app|pro|link|"
    "store|fun|website|space|tech|dev|gg|ly|us|uk|cn|ru|jp|de|fr|eu|vegas|poker|games|today|world|icu|bio|page"
)
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]+"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    rf"(?:{TOP_LEVEL_DOMAINS})(?![\w@-])(?:[/?:#][^\s<>]*)?",
    re.IGNORECASE | re.ASCII,
)
HOST = re.compile(r"(?:https?://)?([^/?#:\s]+)", re.IGNORECASE)
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# "hòa" and "hoà" are one word.
EITHER_PLACEMENT = {form: f"(?:{older}|{newer})" for newer, older in OLDER_PLACEMENT.items() for form in (older, newer)}
TONE_PLACEMENT = re.compile("|".join(EITHER_PLACEMENT), re.IGNORECASE)


class IncomingOpinion(NamedTuple):
    name: str
    body: str
    honeypot: bool = False  # the field that people cannot see was filled in
    seconds_taken: float = 3600  # from the issue of the ticket to the submission
    many_from_client: bool = False
    terms: tuple[tuple[str, str], ...] = ()  # (kind, term) of the blocklist


def total_points(hits: Iterable[SpamHit]) -> int:
    return sum(hit["points"] for hit in hits)


def text_key(body: str) -> str:
    """Equal for texts that differ only in diacritics, case, spaces and punctuation."""
    return sha256(NOT_A_WORD.sub(" ", fold(body)).strip().encode() or body.strip().encode()).hexdigest()


def find_hits(opinion: IncomingOpinion) -> list[SpamHit]:
    points = conf.get("points")
    return [
        *_circumstances(opinion, points),
        *_links(opinion, points),
        *_listed_words(opinion, points),
        *_impersonation(opinion, points),
        *_writing_style(opinion.body, points),
    ]


def _circumstances(opinion: IncomingOpinion, points: dict[str, int]) -> Iterator[SpamHit]:
    rules = {
        SpamRule.HONEYPOT: opinion.honeypot,
        SpamRule.TOO_FAST: opinion.seconds_taken < conf.get("too_fast_seconds"),
        SpamRule.MANY_FROM_CLIENT: opinion.many_from_client,
    }
    for rule, applies in rules.items():
        if applies:
            yield _hit(rule, points[rule])


def _links(opinion: IncomingOpinion, points: dict[str, int]) -> Iterator[SpamHit]:
    links = list(LINK.finditer(opinion.body))
    rule = SpamRule.MANY_LINKS if len(links) > 1 else SpamRule.ONE_LINK
    for number, link in enumerate(links):
        yield _hit(rule, 0 if number else points[rule], "body", link)
    blocked = {term.lower().removeprefix("www.") for kind, term in opinion.terms if kind == BlockedTerm.Kind.DOMAIN}
    seen: set[str] = set()
    for link in links:
        found = HOST.match(link.group())
        host = found.group(1).lower().rstrip(".").removeprefix("www.") if found else ""
        domain = next((domain for domain in blocked if host == domain or host.endswith(f".{domain}")), "")
        if domain:
            yield _hit(SpamRule.BLOCKED_DOMAIN, 0 if domain in seen else points["blocked_domain"], "body", link)
            seen.add(domain)


def _listed_words(opinion: IncomingOpinion, points: dict[str, int]) -> Iterator[SpamHit]:
    """Each different word adds its points once, however often it occurs."""
    for kind, rule in (
        (BlockedTerm.Kind.WORD, SpamRule.BLOCKED_WORD),
        (BlockedTerm.Kind.WATCHED, SpamRule.WATCHED_WORD),
    ):
        words = tuple(sorted(term for its_kind, term in opinion.terms if its_kind == kind))
        for field, text in (("body", opinion.body), ("name", opinion.name)):
            seen: set[str] = set()
            for found in _pattern(words).finditer(text) if words else ():
                word = " ".join(TONE_PLACEMENT.sub(_older, found.group().lower()).split())
                yield _hit(rule, 0 if word in seen else points[rule], field, found)
                seen.add(word)


def _impersonation(opinion: IncomingOpinion, points: dict[str, int]) -> Iterator[SpamHit]:
    """Names such as "Công an xã" and "UBND huyện". A term of several words counts only at the beginning of the name,
    because "Nguyễn Công An" is a person."""
    names = [*conf.get("impersonated"), *(term for kind, term in opinion.terms if kind == BlockedTerm.Kind.NAME)]
    for found in _pattern(tuple(sorted(set(names)))).finditer(opinion.name):
        if found.start() == 0 or len(found.group().split()) == 1:
            yield _hit(SpamRule.IMPERSONATION, points["impersonation"], "name", found)
            return


def _writing_style(body: str, points: dict[str, int]) -> Iterator[SpamHit]:
    repeated = _repetition(conf.get("repeated_from")).search(body)
    if repeated:
        yield _hit(SpamRule.REPEATED, points["repeated"], "body", repeated)
    letters = [char for char in body if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) >= conf.get("capitals_letters") and capitals > len(letters) * conf.get("capitals_from"):
        yield _hit(SpamRule.CAPITALS, points["capitals"])


def _hit(rule: SpamRule, points: int, field: str = "", found: re.Match[str] | None = None) -> SpamHit:
    start, end = found.span() if found else (0, 0)
    return SpamHit(rule=rule.value, points=points, field=field, start=start, end=end)


@lru_cache(maxsize=8)
def _repetition(times: int) -> re.Pattern[str]:
    return re.compile(rf"([^\s.…_=*–-])\1{{{times - 1},}}")  # not dotted or dashed lines


@lru_cache(maxsize=16)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the terms as whole words with these diacritics; longer ones first, so that the longest one matches."""
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
