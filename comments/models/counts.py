from collections import Counter
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from news.db.upsert import add_and_return


class OpinionCountQuerySet(models.QuerySet["OpinionCount"]):
    def change(self, changes: Counter[int]) -> None:
        """Adds {article id: change} to the numbers of published opinions. All changes must have the same sign."""
        changed = sorted((article, change) for article, change in changes.items() if change)
        if not changed:
            return
        if changed[0][1] > 0:  # in the order of the articles, so that two transactions cannot deadlock
            add_and_return(OpinionCount, ["article"], "published", changed, using=self.db)
        else:
            by_article = Case(
                *(When(article=article, then=Value(change)) for article, change in changed),
                output_field=models.IntegerField(),
            )
            # Not below zero: published opinions that a script has written may not have been counted.
            self.filter(article__in=[article for article, _change in changed]).update(
                published=Greatest(F("published") + by_article, 0)
            )

    def locked(self, articles: list[int]) -> dict[int, Any]:
        """The rows of these articles, which are made where they are missing. Until the transaction ends, no published
        opinion of them is added or taken away by another one."""
        self.bulk_create([self.model(article_id=article) for article in articles], ignore_conflicts=True)
        return self.select_for_update().order_by("pk").in_bulk(articles)


class OpinionCount(models.Model):
    """The number of published opinions of an article; counting 100,000 rows for each page would be too slow."""

    article = models.OneToOneField(
        "news.Article", models.CASCADE, primary_key=True, related_name="opinion_count", verbose_name=_("bài viết")
    )
    published = models.PositiveIntegerField(_("số ý kiến đã đăng"), default=0)

    objects = OpinionCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("số ý kiến của bài")
        verbose_name_plural = _("số ý kiến của bài")

    def __str__(self) -> str:
        return f"{self.article_id}: {self.published}"


class RateCountQuerySet(models.QuerySet["RateCount"]):
    def add(self, windows: list[tuple[str, datetime]]) -> list[int]:
        """Counts one more in each window (key, start), in one statement; returns the new counts in the same order."""
        rows = [(*window, 1) for window in windows]
        return add_and_return(RateCount, ["key", "window_start"], "count", rows, using=self.db)

    def begun_before(self, moment: datetime) -> "RateCountQuerySet":
        return self.filter(window_start__lt=moment)


class RateCount(models.Model):
    """How often something happened in one window of time. A key contains the hash of a client's address, if any."""

    key = models.CharField(max_length=80)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    objects = RateCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("số lần gửi")
        verbose_name_plural = _("số lần gửi")
        constraints = [models.UniqueConstraint(fields=["key", "window_start"], name="rate_counted_once_per_window")]
        indexes = [models.Index(fields=["window_start"], name="rate_window")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
