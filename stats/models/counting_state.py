"""Rows that the counter needs for itself. Nothing in them leads back to a person: a hash under a salt that is
thrown away after two days."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import LineField

from .queries import ByDayQuerySet

ONLINE = timedelta(minutes=5)


class VisitorDayQuerySet(ByDayQuerySet):
    def online(self, now: datetime | None = None) -> int:
        """Visitors of the last five minutes, by what has been drained so far. Somebody who reads past midnight is one."""
        since = int(((now or timezone.now()) - ONLINE).timestamp())
        days = (
            self.filter(last_seen__gt=since)
            .values("day")
            .annotate(visitors=Count("pk"))
            .values_list("visitors", flat=True)
        )
        return max(days, default=0)


class VisitorDay(models.Model):
    """A visitor of one day, kept 48 hours, so that visits and visitors are exact whichever worker or host saw them."""

    day = models.DateField()
    hash = models.BigIntegerField(help_text="64 bits of BLAKE2 under the day's salt, as a signed number")
    views = models.BigIntegerField(default=0)
    last_seen = models.BigIntegerField(help_text="seconds since 1970")
    # "36000-37210 52200-52200": first and last second of every visit, from 00:00 in Vietnam. Adding hits in any
    # order gives the same visits, so a worker whose lines come late changes nothing.
    visits = models.TextField()

    objects = VisitorDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("khách trong ngày")
        verbose_name_plural = _("khách trong ngày")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "hash"], name="visitor_once_a_day")]
        indexes = [models.Index(fields=["last_seen"], name="visitor_last_seen")]

    def __str__(self) -> str:
        return f"{self.hash:x}"


class DaySalt(models.Model):
    """Made by whichever drainer needs it first (INSERT … ON CONFLICT DO NOTHING), so all hosts use the same."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)

    objects = ByDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("muối của ngày")
        verbose_name_plural = _("muối của ngày")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}"


class SpoolOffset(models.Model):
    """How far a spool file has been counted; written in the transaction that counted it."""

    name = models.CharField(max_length=160, primary_key=True)
    offset = models.BigIntegerField(default=0)
    drained_at = models.DateTimeField(auto_now=True)
    # Set when the file is deleted. The row stays a week, for a drainer that still has the file open.
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("vị trí đã đếm")
        verbose_name_plural = _("vị trí đã đếm")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="spool_offset_not_negative", condition=Q(offset__gte=0))]

    def __str__(self) -> str:
        return self.name


class AgentRuleQuerySet(models.QuerySet["AgentRule"]):
    def state(self) -> tuple[int, datetime | None]:
        """Changes whenever a rule does."""
        found = self.aggregate(count=Count("pk"), newest=Max("updated_at"))
        return found["count"], found["newest"]


class AgentRule(models.Model):
    """The site's own word on who is a robot; it counts for more than the general list. Holds for hits from now on."""

    class Verdict(models.TextChoices):
        ROBOT = "robot", _("Là máy")
        PERSON = "person", _("Là người")

    pattern = LineField(
        _("đoạn chữ"),
        max_length=120,
        help_text=_(
            "Một đoạn trong tên trình duyệt (User-Agent), không phân biệt chữ hoa chữ thường, chẳng hạn “GiamSatNoiBo”."
        ),
    )
    verdict = models.CharField(_("kết luận"), max_length=6, choices=Verdict, default=Verdict.ROBOT)
    note = LineField(_("ghi chú"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("sửa lần cuối"), auto_now=True)

    objects = AgentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("quy tắc nhận máy")
        verbose_name_plural = _("quy tắc nhận máy")
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(
                fields=["pattern"], name="agent_rule_once", violation_error_message=_("Đoạn chữ này đã có quy tắc.")
            ),
            models.CheckConstraint(name="agent_rule_has_pattern", condition=~Q(pattern="")),
        ]

    def __str__(self) -> str:
        return self.pattern
