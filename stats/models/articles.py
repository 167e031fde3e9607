"""Views of articles by people. Robots walk through the whole archive and would make a row of every article every day.

Each view is once in ArticleViews or, after its day was closed, in PackedDay and PackedMonth together. Whoever adds up a
span of time adds ArticleViews to the packs (`rows_of_articles`), so that nothing hangs on when days are packed, and a line
that comes weeks late simply makes a row again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from ..fields import CountsField, SumOfCounts
from .queries import ByDayQuerySet

DELETED = 0  # in a pack: articles that were gone when the day was packed. Later ones keep their number.


class ArticleViewsQuerySet(ByDayQuerySet):
    def by_article(self) -> dict[int | None, int]:
        return dict(self.values_list("article_id").annotate(Sum("views")).order_by())


class ArticleViews(models.Model):
    """Of the days that are not packed yet."""

    day = models.DateField(_("ngày"))
    # Without an index of its own: the table is read by day, an article's whole life in ArticleTotal.
    article = models.ForeignKey(
        "news.Article", models.SET_NULL, verbose_name=_("bài viết"), related_name="+", null=True, db_index=False
    )
    views = models.BigIntegerField(_("lượt xem"), default=0)

    objects = ArticleViewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt xem bài theo ngày")
        verbose_name_plural = _("lượt xem bài theo ngày")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "article"], name="article_views_once_a_day"),
            models.CheckConstraint(name="article_views_not_negative", condition=Q(views__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day:%d/%m/%Y}"


class PackedQuerySet(ByDayQuerySet):
    def add(self, day: date, views: Mapping[int, int]) -> None:
        """For whoever holds the lock on the total: read, added to, written."""
        row: Any = self.filter(day=day).first() or self.model(day=day, views={})
        for article, count in views.items():
            row.views[article] = row.views.get(article, 0) + count
        row.save()

    def sums(self) -> dict[date, int]:
        return dict(self.values_list("day", SumOfCounts("views")))


class PackedViews(models.Model):
    """All articles of one day, or month, in one row: a million rows a year would be ten times as large."""

    day = models.DateField(_("ngày"), primary_key=True)
    views = CountsField(_("lượt xem theo bài"))

    objects = PackedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class PackedDay(PackedViews):
    """Detail, kept as long as all detail."""

    class Meta(PackedViews.Meta):
        verbose_name = _("lượt xem bài của ngày đã đóng")
        verbose_name_plural = _("lượt xem bài của các ngày đã đóng")


class PackedMonth(PackedViews):
    """The packed days of a month, added up, dated its first day and kept for ever."""

    class Meta(PackedViews.Meta):
        verbose_name = _("lượt xem bài theo tháng")
        verbose_name_plural = _("lượt xem bài theo tháng")
        constraints = [models.CheckConstraint(name="packed_month_begins_on_the_first", condition=Q(day__day=1))]


class ArticleTotalQuerySet(models.QuerySet):
    def of_articles(self, ids: list[int]) -> dict[int, int]:
        """Views of people ever since, for a list of articles: one query for the whole page of a list."""
        return dict(self.filter(article__in=ids).values_list("article_id", "views"))


class ArticleTotal(models.Model):
    """An article's views ever since, written together with the day."""

    article = models.OneToOneField(
        "news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="+", primary_key=True
    )
    views = models.BigIntegerField(_("lượt xem"), default=0)

    objects = ArticleTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổng lượt xem của bài")
        verbose_name_plural = _("tổng lượt xem của các bài")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="article_total_not_negative", condition=Q(views__gte=0))]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.views}"
