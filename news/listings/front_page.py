from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from ..models import Article, Category, CategoryTree

FEATURED = 5  # articles beside and below the lead article
NEWEST = 10
PER_SECTION = 5


@dataclass
class Section:
    category: Category
    children: list[Category]
    articles: list[Article]


@dataclass
class FrontPage:
    lead: Article | None
    featured: list[Article]
    newest: list[Article]
    sections: list[Section]

    @property
    def newest_at(self) -> datetime | None:
        shown = [self.lead, *self.featured, *self.newest]
        return max((article.published_at for article in shown if article and article.published_at), default=None)


def front_page(tree: CategoryTree) -> FrontPage:
    """At the top are pinned articles, then featured ones, then the newest ones as far as there is room."""
    published = Article.objects.published().for_cards()
    chosen = published.filter(Q(pinned_until__gt=timezone.now()) | Q(is_featured=True)).pinned_first()
    top = list(chosen[: FEATURED + 1])
    newest = [a for a in published.newest_first()[: NEWEST + FEATURED + 1] if a not in top]
    if len(top) <= FEATURED:
        missing = FEATURED + 1 - len(top)
        top, newest = top + newest[:missing], newest[missing:]
    sections = home_sections(tree, above=top)
    return FrontPage(lead=top[0] if top else None, featured=top[1:], newest=newest[:NEWEST], sections=sections)


def home_sections(tree: CategoryTree, above: list[Article]) -> list[Section]:
    """Return a section for each top-level category that editors show on the home page.

    A section has the newest articles of the category and its subcategories except those `above`. One query reads the
    articles of all sections.
    """
    categories = [category for category, _depth in tree if category.on_home and category.parent_id is None]
    if not categories:
        return []
    shown = [article.pk for article in above]
    chosen = Q()
    for category in categories:
        newest = Article.objects.published().in_category(category, tree).exclude(pk__in=shown).newest_first()
        chosen |= Q(pk__in=newest.values("pk")[:PER_SECTION])
    articles = list(Article.objects.filter(chosen).for_cards().prefetch_related("further_categories").newest_first())
    sections = []
    for category in categories:
        ids = set(tree.ids_within(category))
        own = [a for a in articles if a.category_id in ids or any(c.pk in ids for c in a.further_categories.all())]
        sections.append(Section(category, tree.children[category.pk], own[:PER_SECTION]))
    return [section for section in sections if section.articles]
