from datetime import date, datetime
from typing import Self

from django.db.models import Exists, OuterRef, Prefetch, Q

from .reply import OfficialReply
from .states import WAITING, Status
from .transitions import M, TransitionQuerySet

PER_PAGE = 20
Cursor = tuple[datetime, int]  # `published_at` and primary key of an opinion: its place in the published list


class CommentQuerySet(TransitionQuerySet[M]):
    # ------------------------------------------------------------ statuses

    def pending(self) -> Self:
        return self.filter(status=Status.PENDING)

    def suspect(self) -> Self:
        return self.filter(status=Status.SUSPECT)

    def waiting(self) -> Self:
        return self.filter(status__in=WAITING)

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)

    def rejected(self) -> Self:
        return self.filter(status=Status.REJECTED)

    def spam(self) -> Self:
        return self.filter(status=Status.SPAM)

    def withdrawn(self) -> Self:
        return self.filter(status=Status.WITHDRAWN)

    def not_public(self) -> Self:
        return self.filter(status__in=[Status.REJECTED, Status.REMOVED, Status.WITHDRAWN])

    def overdue(self, on: date) -> Self:
        """Past the reply deadline on that day, without a published reply."""
        return self.filter(status__in=[*WAITING, Status.PUBLISHED], replied_at__isnull=True, reply_due_on__lt=on)

    # ------------------------------------------------------------ lists

    def of_article(self, article_id: int) -> Self:
        return self.filter(article=article_id)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def older_than(self, cursor: Cursor | None, size: int = PER_PAGE) -> Self:
        """The newest `size` opinions, or the newest after `cursor`. Keyset pagination: equally fast at any depth."""
        if cursor is None:
            return self.newest_first()[:size]
        moment, pk = cursor
        # The first condition lets the database start in the index; the second one is the exact rule.
        after = self.filter(published_at__lte=moment).filter(
            Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk)
        )
        return after.newest_first()[:size]

    def for_page(self) -> Self:
        replies = Prefetch("replies", OfficialReply.objects.published(), to_attr="published_replies")
        columns = ("article_id", "code", "name", "body", "redactions", "status", "published_at")
        return self.only(*columns).prefetch_related(replies)

    def for_queue(self) -> Self:
        return self.select_related("article", "decided_by").prefetch_related("replies").defer("article__body")

    def first_of_each_text(self) -> Self:
        """Leaves out an opinion when an earlier one of the same status has the same text."""
        same = self.model._default_manager.filter(status=OuterRef("status"), text_hash=OuterRef("text_hash"))
        earlier = same.filter(
            Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
        )
        return self.exclude(~Q(text_hash="") & Exists(earlier))
