"""Views of articles by people, in rows or packed.

Robots are not counted by article: they read the whole archive and would add a row for every article every day.
Each view is counted once in ArticleViews or, after its day was packed, once in PackedDay and once in PackedMonth.
The sum of a period adds both (see article_view_rows): it does not depend on when days are packed, and a spool line
that is drained weeks late simply adds a row again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.db.upsert import replace_rows
from news.models import Article

from ..fields import CountsField, SumOfCounts, counts_sql
from ..periods import Period, months_later
from .queries import ByDayQuerySet
from .totals import VisitTotal

MAX_OPENING = 2**62  # half of what a 64-bit column holds, so that the sum with the views fits
DELETED_ARTICLES = 0  # key in a pack for articles deleted before the day was packed; later deleted ones keep their id


class ArticleViewsQuerySet(ByDayQuerySet):
    def by_article(self) -> dict[int | None, int]:
        return dict(self.values_list("article_id").annotate(Sum("views")).order_by())


class ArticleViews(models.Model):
    """Views of days that are not packed yet."""

    day = models.DateField(_("ngày"))
    # No index: the table is read by day, and the views of one article are in ArticleTotal.
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
        """Not atomic: the caller must hold VisitTotal.lock()."""
        row: Any = self.filter(day=day).first() or self.model(day=day, views={})
        for article, count in views.items():
            row.views[article] = row.views.get(article, 0) + count
        row.save()

    def sums(self) -> dict[date, int]:
        return dict(self.values_list("day", SumOfCounts("views")))


class PackedViews(models.Model):
    """All articles of one day or month in one row, which takes a tenth of the space of a row for each article."""

    day = models.DateField(_("ngày"), primary_key=True)
    views = CountsField(_("lượt xem theo bài"))

    objects = PackedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class PackedDay(PackedViews):
    """Deleted after STATS_DETAIL_DAYS."""

    class Meta(PackedViews.Meta):
        verbose_name = _("lượt xem bài của ngày đã đóng")
        verbose_name_plural = _("lượt xem bài của các ngày đã đóng")


class PackedMonth(PackedViews):
    """The sum of a month's packed days, dated its first day and never deleted."""

    class Meta(PackedViews.Meta):
        verbose_name = _("lượt xem bài theo tháng")
        verbose_name_plural = _("lượt xem bài theo tháng")
        constraints = [models.CheckConstraint(name="packed_month_begins_on_the_first", condition=Q(day__day=1))]


class ArticleTotalQuerySet(models.QuerySet["ArticleTotal"]):
    def of_articles(self, ids: list[int]) -> dict[int, int]:
        return dict(self.filter(article__in=ids).values_list("article_id", F("views") + F("opening")))

    def record_openings(self, views: Mapping[int, int]) -> None:
        """{article id: views that an older portal counted}. Replaces the openings that were recorded before. Raises
        ValueError for a number that is negative or too large."""
        if not all(0 <= number <= MAX_OPENING for number in views.values()):
            raise ValueError("An opening is at least 0 and at most MAX_OPENING.")
        with transaction.atomic():
            VisitTotal.lock()
            replace_rows(ArticleTotal, ["article"], ["opening"], views.items())

    def recount(self) -> int:
        """Adds up the totals from the days and months anew; returns how many were wrong. What a total had too much, as
        after an import into `views`, goes to its opening, so that the number shown does not fall."""
        rows, params = article_view_rows(Period(date(1970, 1, 1), months_later(timezone.localdate(), 1)))
        with transaction.atomic():
            VisitTotal.lock()
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT article_id, SUM(views) FROM ({rows}) counted "  # noqa: S608 - our own tables
                    f"WHERE article_id IN (SELECT id FROM {Article._meta.db_table}) GROUP BY article_id",
                    params,
                )
                counted = {pk: int(views) for pk, views in cursor.fetchall()}
            stored = {total.pk: total for total in self.all()}
            wrong = []
            for pk in sorted(counted.keys() | stored.keys()):
                total = stored.get(pk) or ArticleTotal(article_id=pk)
                surplus = total.views - counted.get(pk, 0)
                if surplus:
                    wrong.append((pk, counted.get(pk, 0), total.opening + max(surplus, 0)))
            replace_rows(ArticleTotal, ["article"], ["views", "opening"], wrong)
        return len(wrong)


class ArticleTotal(models.Model):
    """All views of an article, written in the same transaction as ArticleViews.

    `opening` is what an older portal had counted: added only when the total is shown, and to no sum."""

    article = models.OneToOneField(
        "news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="+", primary_key=True
    )
    views = models.BigIntegerField(_("lượt xem"), default=0)
    opening = models.BigIntegerField(_("lượt xem ở cổng cũ"), default=0)

    objects = ArticleTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổng lượt xem của bài")
        verbose_name_plural = _("tổng lượt xem của các bài")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="article_total_not_negative", condition=Q(views__gte=0, opening__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.views}"


def article_view_rows(period: Period) -> tuple[str, list[str]]:
    """A SELECT of rows (article_id, views), several for an article, and its parameters.

    The rows are those of the days not packed yet, of the packs of whole months and of the packs of the days around
    them. There are no views after today, so the current month is whole if the period includes today. Days before
    `first_detailed_day` are in packs of whole months only. Article ids may be NULL or those of deleted articles."""
    last = Period.month(period.last).last if period.last >= timezone.localdate() else period.last
    months, rest = Period(period.first, last).split_by_months()
    packs: list[tuple[type[PackedViews], date, date]] = [(PackedDay, part.first, part.last) for part in rest]
    if months:
        packs.append((PackedMonth, months[0], months[-1]))
    selects = [f"SELECT article_id, views FROM {ArticleViews._meta.db_table} WHERE day BETWEEN %s AND %s"]  # noqa: S608
    params = [period.first.isoformat(), last.isoformat()]
    for model, first, until in packs:
        selects.append(counts_sql(model._meta.db_table, "views", connection.vendor, "day BETWEEN %s AND %s"))
        params += [first.isoformat(), until.isoformat()]
    return " UNION ALL ".join(selects), params
