"""What pages and the admin ask of the search."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models.functions import Substr

from ..models import Article, SearchEntry
from ..models.search_entry import ID_MASK
from .database import fulltext
from .query import Match, Query, parse
from .ranking import READ, Candidate, Judge, Words
from .scope import Scope
from .snippets import highlighted, snippet
from .spelling import mended

COUNTED = (
    500  # articles; of more it is only said that there are more, as counting a million takes as long as finding one
)
ON_DESK = 20_000  # articles, so many that the desk's own filters still leave what was looked for
JUDGED = 30  # articles whose text is looked at: a page of results and half of another
DESERVING = 20  # articles of each narrower look-up, however old they are


class Results(Sequence[Article]):
    """Articles that answer a query, in order, with `hit_title` and `hit_text` to show. Nothing is asked of the
    database before something of it is needed, and texts only of the articles of one page."""

    def __init__(
        self, query: Query, scope: Scope | None = None, *, newest_first: bool = False, most: int = COUNTED
    ) -> None:
        self.typed, self.scope, self.newest_first, self.most = query, scope or Scope(), newest_first, most
        self.found: dict[Match, tuple[int, list[int]]] = {}
        self.empty: list[Match] = []
        self.read: dict[int, tuple[str, str]] = {}  # summary and text of entries

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_more(self) -> bool:
        """Than are counted and shown."""
        return len(self.newest) > self.most

    @cached_property
    def ids(self) -> list[int]:
        """Numbers of the articles, in order."""
        newest = [newness & ID_MASK for newness in self.newest[: self.most]]
        if self.newest_first or not newest:
            return newest
        return list(dict.fromkeys([*(candidate.pk for candidate in self.best()), *newest]))[: self.most]

    # ------------------------------------------------------------ finding

    @cached_property
    def query(self) -> Query:
        """What is looked for."""
        return mended(self.typed, self.find)

    @property
    def is_mended(self) -> bool:
        return self.query != self.typed

    @property
    def is_approximate(self) -> bool:
        """No article has all the words near each other; those that come closest are shown."""
        return not set(self.near) <= set(self.complete)

    @cached_property
    def complete(self) -> list[int]:
        """Newness of articles that have all words, the last of them perhaps half typed."""
        if not self.query:
            return []
        matches = self.query.well_placed() if self.query.is_long else [self.query.all_words()]
        found = {newness for match in [*matches, *self.going_on] for newness in self.find(match, self.most + 1)}
        return sorted(found, reverse=True)[: self.most + 1]

    @cached_property
    def going_on(self) -> list[Match]:
        """The last word as the beginning of one, where it may be that."""
        match = self.query.half_typed() if self.is_half_typed else self.query.half_titled()
        return [match] if match else []

    @cached_property
    def is_half_typed(self) -> bool:
        """The last word, behind the one before it, is no word of any article: perhaps it is half of one."""
        return not self.query.has_quotes and not self.find(self.query.last_pair(), DESERVING)

    @cached_property
    def newest(self) -> list[int]:
        """Newness of what was found, newest first; one more than are counted, if there are more."""
        return sorted({*self.complete, *self.near}, reverse=True)[: self.most + 1] if self.near else self.complete

    @cached_property
    def near(self) -> list[int]:
        """Newness of articles that have some of the words, where none has them all in good places. In the order of time they
        would hide those that have them all."""
        query = self.query
        if len(query.words) < 2 or query.has_quotes or (self.newest_first and self.complete):
            return []
        if any(self.find(match, DESERVING) for match in query.well_placed()):
            return []
        matches = query.some_words(is_half_typed=self.is_half_typed)
        return [newness for match in matches for newness in self.find(match, DESERVING)] or self.find(
            query.loose(), JUDGED
        )

    def find(self, match: Match, limit: int) -> list[int]:
        """Newness of the newest that match. Asked are only questions whose answer does not follow from earlier ones."""
        asked, found = self.found.get(match, (0, []))
        if asked < limit and len(found) == asked and not any(match.is_within(empty) for empty in self.empty):
            self.found[match] = limit, found = limit, fulltext().find(match, self.scope, limit)
            if not found:
                self.empty.append(match)
        return found[:limit]

    def best(self) -> list[Candidate]:
        """Those that come first: all of few are judged; of many those that a narrower look-up finds, and the newest."""
        chosen = list(
            dict.fromkeys(newness & ID_MASK for newness in [*self.deserving(), *self.near, *self.newest[:JUDGED]])
        )
        entries = SearchEntry.objects.filter(pk__in=chosen).values_list("newness", "title", "summary")
        candidates = {
            newness & ID_MASK: Candidate(newness, Words(title), Words(summary)) for newness, title, summary in entries
        }
        judge = Judge(self.query, self.scope.now, is_half_typed=self.is_half_typed)
        promising = judge.promising([candidates[pk] for pk in chosen if pk in candidates], JUDGED)
        texts = SearchEntry.objects.filter(pk__in=[candidate.pk for candidate in promising]).annotate(
            beginning=Substr("text", 1, READ)
        )
        for pk, beginning in texts.values_list("pk", "beginning"):
            candidates[pk].text = Words(beginning)
            if len(beginning) < READ:
                self.read[pk] = candidates[pk].summary.text, beginning
        return judge.best(promising)

    def deserving(self) -> list[int]:
        """Newness of articles found by narrower look-ups, the narrowest first, however old they are; not many more than are
        looked at. Of the two widest all are taken where they are few, and then nothing narrower is asked."""
        if len(self.newest) <= JUDGED:
            return []
        few = [match for match in self.query.widest_of_narrower() if len(self.find(match, DESERVING)) < DESERVING]
        found = [newness for match in few for newness in self.find(match, DESERVING)]
        for match in [*self.query.narrower(), *self.going_on]:
            if len(found) >= JUDGED:
                break
            if not any(match.is_within(wider) for wider in few):
                found += self.find(match, DESERVING)
        return found

    # ------------------------------------------------------------ showing

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        ids = self.ids[part]
        articles = Article.objects.published() if self.scope.is_public else Article.objects.all()
        found = articles.for_cards().in_bulk(ids)
        unread = SearchEntry.objects.filter(pk__in=[pk for pk in ids if pk not in self.read])
        self.read |= {pk: (summary, text) for pk, summary, text in unread.values_list("pk", "summary", "text")}
        return [self.with_hits(found[pk], *self.read[pk]) for pk in ids if pk in found and pk in self.read]

    def with_hits(self, article: Article, summary: str, text: str) -> Article:
        article.hit_title = highlighted(article.title, self.query)  # type: ignore[attr-defined]
        article.hit_text = snippet([summary, text], self.query)  # type: ignore[attr-defined]
        return article


def ids_matching(typed: str) -> list[int]:
    """Articles in any state, for the desks of those who work here; newest first, at most ON_DESK. Raises SearchTooSlow."""
    return Results(parse(typed), Scope(is_public=False), newest_first=True, most=ON_DESK).ids


def suggestions(query: Query, limit: int) -> list[Article]:
    """Public articles in whose title all words stand, the last of them perhaps half typed; newest first."""
    if not query:
        return []
    found = fulltext().find(query.suggested(), Scope(), limit)
    ids = [newness & ID_MASK for newness in found]
    articles = Article.objects.published().for_cards().in_bulk(ids)
    return [articles[pk] for pk in ids if pk in articles]
