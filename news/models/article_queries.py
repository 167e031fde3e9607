from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Self, TypeVar

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from ..workflow import WITH_THE_AUTHOR, Status, is_editor
from .category import Category, CategoryTree
from .changes import AnnouncingQuerySet, rows_changed

A = TypeVar("A", bound=models.Model)  # always Article, which cannot be imported here: its module imports this one

LINKS_AT_ONCE = 5_000  # rows of one statement


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


class ArticleQuerySet(AnnouncingQuerySet[A]):
    def published(self, before: datetime | None = None) -> Self:
        """What readers may see at this moment: approved, past its publication time and before its expiry.

        `before` restricts it to articles published before that moment. It replaces the comparison with the present
        moment instead of being added to it: of two upper bounds SQLite uses one for the index and scans the rest.
        """
        now = timezone.now()
        begun = Q(published_at__lt=before) if before and before <= now else Q(published_at__lte=now)
        return self.filter(begun, Q(expires_at__isnull=True) | Q(expires_at__gt=now), status=Status.APPROVED)

    def published_within(self, first: date, last: date) -> Self:
        return self.published(before=midnight(last + timedelta(days=1))).filter(published_at__gte=midnight(first))

    def scheduled(self) -> Self:
        return self.filter(status=Status.APPROVED, published_at__gt=timezone.now())

    def expired(self) -> Self:
        return self.filter(status=Status.APPROVED, expires_at__lte=timezone.now())

    def drafts(self) -> Self:
        return self.filter(status__in=WITH_THE_AUTHOR)

    def awaiting_approval(self) -> Self:
        return self.filter(status=Status.SUBMITTED)

    def withdrawn(self) -> Self:
        return self.filter(status=Status.WITHDRAWN)

    def written_by(self, user: User) -> Self:
        return self.filter(author=user)

    def visible_to(self, user: User) -> Self:
        """Editors see everything; reporters see what they wrote themselves and what readers see."""
        return self if is_editor(user) else self.written_by(user) | self.published()

    def in_category(self, category: Category, tree: CategoryTree | None = None) -> Self:
        """Articles whose main category or one of whose further categories is this one or a descendant of it."""
        ids = (tree or CategoryTree.load()).ids_within(category)
        further = Category.further_articles.through.objects.filter(category_id__in=ids).values("article_id")
        return self.filter(Q(category_id__in=ids) | Q(pk__in=further))

    def pinned(self) -> Self:
        return self.filter(pinned_until__gt=timezone.now())

    def pinned_first(self) -> Self:
        pinned = Case(When(pinned_until__gt=timezone.now(), then=Value(0)), default=Value(1))
        return self.order_by(pinned, "-published_at", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("published_at", "pk")

    def newer_than(self, article: Any) -> Self:
        return self.filter(
            Q(published_at__gt=article.published_at) | Q(published_at=article.published_at, pk__gt=article.pk)
        )

    def older_than(self, article: Any) -> Self:
        return self.filter(
            Q(published_at__lt=article.published_at) | Q(published_at=article.published_at, pk__lt=article.pk)
        )

    def link(self, relation: str, pairs: Iterable[tuple[int, int]]) -> None:
        """Links many articles to tags, events or further categories at once, as importers do, and has the search index
        follow. `relation` is the name of the field, a pair (id of the article, id of the other row); links that are
        there already stay."""
        field = self.model._meta.get_field(relation)
        through = field.remote_field.through  # type: ignore[union-attr]
        ours, theirs = field.m2m_column_name(), field.m2m_reverse_name()  # type: ignore[union-attr]
        links = [through(**{ours: article, theirs: other}) for article, other in sorted(set(pairs))]
        with transaction.atomic(using=self.db):
            through._default_manager.using(self.db).bulk_create(links, ignore_conflicts=True, batch_size=LINKS_AT_ONCE)
            rows_changed.send(self.model, pks=sorted({getattr(link, ours) for link in links}), fields={relation})

    def for_cards(self) -> Self:
        return self.select_related("category", "lead_photo").defer("body", "return_reason")

    def for_page(self) -> Self:
        return self.select_related("category", "lead_photo", "source").prefetch_related("tags", "events", "attachments")

    def for_feed(self) -> Self:
        shown = self.select_related("category", "lead_photo", "source").prefetch_related("tags", "attachments")
        return shown.defer("return_reason")
