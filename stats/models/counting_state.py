"""Working data of the counter. Visitors are hashes under a salt that is deleted after two days, so that no row
identifies a person."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.fields import LineField

from .queries import ByDayQuerySet

ONLINE = timedelta(minutes=5)
SALT_SIZE = 32  # bytes


class VisitorDayQuerySet(ByDayQuerySet):
    def online(self, now: datetime | None = None) -> int:
        """Visitors of the last five minutes, as far as the spool has been drained.

        A visitor has another hash on another day: just after midnight the days must not be added up."""
        since = int(((now or timezone.now()) - ONLINE).timestamp())
        days = (
            self.filter(last_seen__gt=since)
            .values("day")
            .annotate(visitors=Count("pk"))
            .values_list("visitors", flat=True)
        )
        return max(days, default=0)


class VisitorDay(models.Model):
    """A visitor of one day, kept for 48 hours: several workers and machines count the same visitor once."""

    day = models.DateField()
    hash = models.BigIntegerField(help_text="64 bits of BLAKE2 under the day's salt, as a signed number")
    views = models.BigIntegerField(default=0)
    last_seen = models.BigIntegerField(help_text="seconds since 1970")
    # "36000-37210 52200-52200": first and last second of every visit since midnight in Vietnam. The visits do not
    # depend on the order in which the views of several workers are added.
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


class DaySaltQuerySet(ByDayQuerySet):
    def for_days(self, days: Iterable[date]) -> dict[date, bytes]:
        """The salts of the days; missing ones are created without conflict between machines."""
        wanted = set(days)
        missing = wanted - set(self.filter(day__in=wanted).values_list("day", flat=True))
        self.bulk_create(
            [self.model(day=day, salt=secrets.token_bytes(SALT_SIZE)) for day in sorted(missing)],
            ignore_conflicts=True,
        )
        rows = self.filter(day__in=wanted).values_list("day", "salt")
        return {day: bytes(salt) for day, salt in rows}


class DaySalt(models.Model):
    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=SALT_SIZE)

    objects = DaySaltQuerySet.as_manager()

    class Meta:
        verbose_name = _("muối của ngày")
        verbose_name_plural = _("muối của ngày")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}"


class SpoolOffset(models.Model):
    """The number of bytes counted in a spool file, written in the same transaction as the rollups."""

    name = models.CharField(max_length=160, primary_key=True)
    offset = models.BigIntegerField(default=0)
    drained_at = models.DateTimeField(auto_now=True)
    # When the file was deleted. The row stays for a week: a drainer may still have the file open.
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("vị trí đã đếm")
        verbose_name_plural = _("vị trí đã đếm")
        default_permissions = ()
        constraints = [models.CheckConstraint(name="spool_offset_not_negative", condition=Q(offset__gte=0))]

    def __str__(self) -> str:
        return self.name


class AgentRuleQuerySet(models.QuerySet["AgentRule"]):
    def version(self) -> tuple[int, datetime | None]:
        """A value that changes whenever a rule is added, changed or deleted."""
        found = self.aggregate(count=Count("pk"), newest=Max("updated_at"))
        return found["count"], found["newest"]


class AgentRule(models.Model):
    """A rule of the site that overrides the general list of robots. It does not change what was counted before."""

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
