from datetime import date
from typing import Self

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import ParagraphField

ONLY_ROW = 1
VIEW_STATISTICS = "stats.view_statistics"  # the permission declared by VisitTotal


class VisitTotal(models.Model):
    """All requests ever counted, in one row. Its lock serialises every writer of rollups."""

    views = models.BigIntegerField(_("lượt xem trang"), default=0)
    visits = models.BigIntegerField(_("lượt truy cập"), default=0)
    visitors = models.BigIntegerField(_("khách, cộng theo ngày"), default=0)
    bots = models.BigIntegerField(_("lượt máy"), default=0)
    excluded = models.BigIntegerField(_("lượt không tính"), default=0)
    drained_at = models.DateTimeField(_("cập nhật lúc"), null=True)

    class Meta:
        verbose_name = _("tổng số truy cập")
        verbose_name_plural = _("tổng số truy cập")
        default_permissions = ()
        permissions = [("view_statistics", _("Xem thống kê truy cập"))]
        constraints = [
            models.CheckConstraint(name="one_visit_total", condition=Q(pk=ONLY_ROW)),
            models.CheckConstraint(
                name="visit_total_not_negative",
                condition=Q(views__gte=0, visits__gte=0, visitors__gte=0, bots__gte=0, excluded__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Self:
        return cls.objects.filter(pk=ONLY_ROW).first() or cls(pk=ONLY_ROW)

    @staticmethod
    def lock() -> None:
        """Makes the caller the only writer of rollups, on all machines, until its transaction ends."""
        VisitTotal.objects.bulk_create([VisitTotal(pk=ONLY_ROW)], ignore_conflicts=True)
        VisitTotal.objects.select_for_update().get(pk=ONLY_ROW)


class OpeningTotalQuerySet(models.QuerySet["OpeningTotal"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def in_force(self) -> "OpeningTotal | None":
        """The newest row: a correction is a new row, and old rows stay as they are."""
        return self.select_related("author").newest_first().first()

    def record(
        self, number: int, *, day: date | None = None, note: str = "", by: AbstractBaseUser | None = None
    ) -> "OpeningTotal":
        opening = self.model(number=number, date=day or timezone.localdate(), note=note, author=by)
        opening.full_clean()
        opening.save()
        return opening


class OpeningTotal(models.Model):
    """Visits counted by an older portal. Added only when the total is shown, never to a counted value."""

    number = models.BigIntegerField(
        _("số ban đầu"), help_text=_("Số lượt truy cập mà cổng cũ đã đếm được, chỉ gồm chữ số.")
    )
    date = models.DateField(_("tính đến ngày"), default=timezone.localdate, help_text=_("Ngày cổng cũ ngừng đếm."))
    note = ParagraphField(_("ghi chú"), max_length=500, blank=True, help_text=_("Số này lấy từ đâu, ai xác nhận."))
    author = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("người ghi"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    objects = OpeningTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("số truy cập ban đầu")
        verbose_name_plural = _("số truy cập ban đầu")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="opening_total_not_negative",
                condition=Q(number__gte=0),
                violation_error_message=_("Số ban đầu không thể nhỏ hơn 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.date:%d/%m/%Y})"
