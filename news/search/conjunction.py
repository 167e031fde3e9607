"""The Boolean conditions that a backend evaluates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .analysis import Term


@dataclass(frozen=True)
class Conjunction:
    """Conjunctive normal form: all of `terms`, and of each disjunction at least one term."""

    terms: frozenset[Term]
    disjunctions: tuple[frozenset[Term], ...] = ()

    @classmethod
    def of(cls, *groups: Iterable[Term]) -> "Conjunction":
        """All terms of all groups, without those that follow from another one."""
        terms = frozenset().union(*groups)
        return cls(terms.difference(*map(implied_terms, terms)))

    def and_any_of(self, *disjunctions: Iterable[Term]) -> "Conjunction":
        return Conjunction(self.terms, (*self.disjunctions, *map(frozenset, disjunctions)))

    def implies(self, other: "Conjunction") -> bool:
        """Whether every entry that matches this one certainly matches the other."""
        return other.terms <= self.closure and set(other.disjunctions) <= set(self.disjunctions)

    @cached_property
    def closure(self) -> frozenset[Term]:
        return self.terms.union(*map(implied_terms, self.terms))


def implied_terms(term: Term) -> Iterator[Term]:
    """A bigram implies its words, a term in the title the same term in the article."""
    word, next_word, in_title = term
    if next_word:
        yield from (Term(part, in_title=title) for part in (word, next_word) for title in {in_title, False})
    if in_title:
        yield term._replace(in_title=False)
