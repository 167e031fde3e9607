"""The entry point of the search for views, forms and the admin."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models.functions import Substr

from ..models import Article, SearchEntry
from ..models.search_entry import article_id_of
from .backends.current import current_backend
from .conjunction import Conjunction
from .query import Query, parse
from .ranking import MAX_TEXT_LENGTH, Candidate, IndexedText, Scorer
from .scope import Scope
from .snippets import highlight, snippet
from .spelling import correct

MAX_RESULTS = 500  # articles; counting a million would take as long as finding them, so readers see "more than 500"
MAX_ADMIN_RESULTS = 20_000  # articles, so many that the admin's own filters still leave the wanted ones
SHORTLIST_SIZE = 30  # articles whose text is scored: a page and a half of results
PER_REFINEMENT = 20  # articles taken from each refinement, however old they are


class Results(Sequence[Article]):
    """Articles that match a query, best first, each with `hit_title` and `hit_text` as HTML. Lazy: the database is
    asked when a value is needed, and for texts only of the articles of the requested slice."""

    def __init__(
        self, query: Query, scope: Scope | None = None, *, newest_first: bool = False, limit: int = MAX_RESULTS
    ) -> None:
        self.typed_query, self.scope, self.newest_first, self.limit = query, scope or Scope(), newest_first, limit
        self._found: dict[Conjunction, tuple[int, list[int]]] = {}  # the limit asked for, and the newness of matches
        self._without_matches: list[Conjunction] = []
        self._texts: dict[int, tuple[str, str]] = {}  # summary and text by article id

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_more(self) -> bool:
        return len(self.matches) > self.limit

    @cached_property
    def ids(self) -> list[int]:
        newest = list(map(article_id_of, self.matches[: self.limit]))
        if self.newest_first or not newest:
            return newest
        return list(dict.fromkeys([*(candidate.pk for candidate in self.ranked()), *newest]))[: self.limit]

    # ------------------------------------------------------------ matching; all lists hold newness, see SearchEntry

    @cached_property
    def query(self) -> Query:
        return correct(self.typed_query, self.find)

    @property
    def is_corrected(self) -> bool:
        return self.query != self.typed_query

    @property
    def is_approximate(self) -> bool:
        return not set(self.partial_matches) <= set(self.full_matches)

    @cached_property
    def matches(self) -> list[int]:
        """Newest first; one more than `limit` if there are more."""
        if not self.partial_matches:
            return self.full_matches
        return sorted({*self.full_matches, *self.partial_matches}, reverse=True)[: self.limit + 1]

    @cached_property
    def full_matches(self) -> list[int]:
        if not self.query:
            return []
        conjunctions = self.query.segmented() if self.query.is_long else [self.query.all_words()]
        conjunctions += self.prefix_conjunctions
        found = {newness for conjunction in conjunctions for newness in self.find(conjunction, self.limit + 1)}
        return sorted(found, reverse=True)[: self.limit + 1]

    @cached_property
    def partial_matches(self) -> list[int]:
        """Articles with some of the words, if none has all of them adjacent to their neighbours. Empty when the
        newest come first and there are full matches, as partial ones would hide these."""
        query = self.query
        if len(query.words) < 2 or query.has_quotes or (self.newest_first and self.full_matches):
            return []
        if any(self.find(conjunction, PER_REFINEMENT) for conjunction in query.segmented()):
            return []
        relaxed = query.relaxed(last_is_prefix=self.last_is_prefix)
        found = [newness for conjunction in relaxed for newness in self.find(conjunction, PER_REFINEMENT)]
        return found or self.find(query.all_words_ignoring_phrases(), SHORTLIST_SIZE)

    @cached_property
    def last_is_prefix(self) -> bool:
        """Whether no article has the last word behind the one before it, so that it may be half typed."""
        return not self.query.has_quotes and not self.find(self.query.last_bigram(), PER_REFINEMENT)

    @cached_property
    def prefix_conjunctions(self) -> list[Conjunction]:
        conjunction = self.query.with_prefix() if self.last_is_prefix else self.query.title_with_prefix()
        return [conjunction] if conjunction else []

    def find(self, conjunction: Conjunction, limit: int) -> list[int]:
        """The newest matches. Asks the database only if the answer does not follow from an earlier one."""
        asked, found = self._found.get(conjunction, (0, []))
        may_have_more = asked < limit and len(found) == asked
        if may_have_more and not any(conjunction.implies(other) for other in self._without_matches):
            found = current_backend().find(conjunction, self.scope, limit)
            self._found[conjunction] = limit, found
            if not found:
                self._without_matches.append(conjunction)
        return found[:limit]

    # ------------------------------------------------------------ ranking

    def ranked(self) -> list[Candidate]:
        found = [*self.refined_matches(), *self.partial_matches, *self.matches[:SHORTLIST_SIZE]]
        ids = list(dict.fromkeys(map(article_id_of, found)))
        entries = SearchEntry.objects.filter(pk__in=ids).values_list("pk", "newness", "title", "summary")
        candidates = {
            pk: Candidate(newness, IndexedText(title), IndexedText(summary)) for pk, newness, title, summary in entries
        }
        scorer = Scorer(self.query, self.scope.now, last_is_prefix=self.last_is_prefix)
        shortlist = scorer.shortlist([candidates[pk] for pk in ids if pk in candidates], SHORTLIST_SIZE)
        texts = SearchEntry.objects.filter(pk__in=[candidate.pk for candidate in shortlist])
        for pk, beginning in texts.annotate(beginning=Substr("text", 1, MAX_TEXT_LENGTH)).values_list(
            "pk", "beginning"
        ):
            candidates[pk].text = IndexedText(beginning)
            if len(beginning) < MAX_TEXT_LENGTH:
                self._texts[pk] = candidates[pk].summary.text, beginning
        return scorer.rank(shortlist)

    def refined_matches(self) -> list[int]:
        """Matches of the refinements, the strictest first, until there are enough for the shortlist. The two widest
        come first where they have few matches, and then no refinement that implies them is asked."""
        if len(self.matches) <= SHORTLIST_SIZE:
            return []
        exhausted = [
            conjunction
            for conjunction in self.query.widest_refinements()
            if len(self.find(conjunction, PER_REFINEMENT)) < PER_REFINEMENT
        ]
        found = [newness for conjunction in exhausted for newness in self.find(conjunction, PER_REFINEMENT)]
        for conjunction in [*self.query.refinements(), *self.prefix_conjunctions]:
            if len(found) >= SHORTLIST_SIZE:
                break
            if not any(conjunction.implies(other) for other in exhausted):
                found += self.find(conjunction, PER_REFINEMENT)
        return found

    # ------------------------------------------------------------ loading

    def __getitem__(self, index: Any) -> Any:
        if not isinstance(index, slice):
            return self[index : index + 1][0]
        ids = self.ids[index]
        articles = Article.objects.published() if self.scope.is_public else Article.objects.all()
        found = articles.for_cards().in_bulk(ids)
        not_loaded = SearchEntry.objects.filter(pk__in=[pk for pk in ids if pk not in self._texts])
        self._texts |= {pk: (summary, text) for pk, summary, text in not_loaded.values_list("pk", "summary", "text")}
        return [self.with_hits(found[pk], *self._texts[pk]) for pk in ids if pk in found and pk in self._texts]

    def with_hits(self, article: Article, summary: str, text: str) -> Article:
        article.hit_title = highlight(article.title, self.query)  # type: ignore[attr-defined]
        article.hit_text = snippet([summary, text], self.query)  # type: ignore[attr-defined]
        return article


def ids_matching(typed: str) -> list[int]:
    """Articles in any state, newest first, at most MAX_ADMIN_RESULTS. For the admin. Raises SearchTooSlow."""
    return Results(parse(typed), Scope(is_public=False), newest_first=True, limit=MAX_ADMIN_RESULTS).ids


def suggestions(query: Query, limit: int) -> list[Article]:
    """Public articles with all words in the title, the last perhaps a prefix; newest first. Raises SearchTooSlow."""
    if not query:
        return []
    ids = list(map(article_id_of, current_backend().find(query.autocomplete(), Scope(), limit)))
    articles = Article.objects.published().for_cards().in_bulk(ids)
    return [articles[pk] for pk in ids if pk in articles]
