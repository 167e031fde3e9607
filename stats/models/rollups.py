"""Sums by Vietnamese calendar day. No table has a row for a single request."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .metrics import Figures
from .queries import (
    DailyVisitsQuerySet,
    DeviceQuerySet,
    ExcludedQuerySet,
    HourlyVisitsQuerySet,
    NotFoundQuerySet,
    ReferrerQuerySet,
)

OTHERS = "khác"  # stands for all hosts or paths of a day beyond the limit


class DailyVisits(models.Model):
    """One row a day, never deleted."""

    class Origin(models.TextChoices):
        COUNTED = "counted", _("Đếm tại cổng này")
        IMPORTED = "imported", _("Nhập từ cổng cũ")
        DEMO = "demo", _("Trình diễn")

    day = models.DateField(_("ngày"), primary_key=True)
    views = models.BigIntegerField(_("lượt xem trang"), default=0)
    visits = models.BigIntegerField(_("lượt truy cập"), default=0)
    visitors = models.BigIntegerField(_("khách trong ngày"), default=0)
    bots = models.BigIntegerField(_("lượt máy"), default=0)
    other_views = models.BigIntegerField(_("lượt xem các trang không phải bài"), default=0)
    excluded = models.BigIntegerField(_("lượt không tính"), default=0)
    origin = models.CharField(_("nguồn số liệu"), max_length=8, choices=Origin, default=Origin.COUNTED)

    objects = DailyVisitsQuerySet.as_manager()

    class Meta:
        verbose_name = _("truy cập theo ngày")
        verbose_name_plural = _("truy cập theo ngày")
        default_permissions = ()
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                name="daily_visits_not_negative",
                condition=Q(
                    views__gte=0, visits__gte=0, visitors__gte=0, bots__gte=0, other_views__gte=0, excluded__gte=0
                ),
            ),
            models.CheckConstraint(name="daily_other_within_views", condition=Q(other_views__lte=F("views"))),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @property
    def figures(self) -> Figures:
        return Figures(self.views, self.visits, self.visitors, self.bots, self.excluded)


class HourlyVisits(models.Model):
    """A visit counts in the hour in which it began."""

    day = models.DateField(_("ngày"))
    hour = models.PositiveSmallIntegerField(_("giờ"))
    views = models.BigIntegerField(_("lượt xem trang"), default=0)
    visits = models.BigIntegerField(_("lượt truy cập"), default=0)
    bots = models.BigIntegerField(_("lượt máy"), default=0)

    objects = HourlyVisitsQuerySet.as_manager()

    class Meta:
        verbose_name = _("truy cập theo giờ")
        verbose_name_plural = _("truy cập theo giờ")
        default_permissions = ()
        ordering = ["day", "hour"]
        constraints = [
            models.UniqueConstraint(fields=["day", "hour"], name="hourly_visits_once"),
            models.CheckConstraint(name="hour_of_the_clock", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="hourly_visits_not_negative", condition=Q(views__gte=0, visits__gte=0, bots__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hour:02}:00 {self.day:%d/%m/%Y}"


class ReferrerViews(models.Model):
    """Views by people who came from another host. Rows older than STATS_DETAIL_DAYS are merged into one a month,
    dated its first day."""

    MAX_HOSTS = 500  # a day; referrer spam invents host names without end

    day = models.DateField(_("ngày"))
    host = models.CharField(_("trang dẫn đến"), max_length=100)
    views = models.BigIntegerField(_("lượt xem"), default=0)

    objects = ReferrerQuerySet.as_manager()

    class Meta:
        verbose_name = _("trang dẫn đến theo ngày")
        verbose_name_plural = _("trang dẫn đến theo ngày")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "host"], name="referrer_views_once_a_day"),
            models.CheckConstraint(name="referrer_views_not_negative", condition=Q(views__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.day:%d/%m/%Y}"


class DeviceViews(models.Model):
    """Views by people. Old rows are merged into months as in ReferrerViews."""

    class Device(models.TextChoices):
        PHONE = "phone", _("Điện thoại")
        TABLET = "tablet", _("Máy tính bảng")
        DESKTOP = "desktop", _("Máy tính")
        OTHER = "other", _("Thiết bị khác")

    class Browser(models.TextChoices):
        CHROME = "chrome", "Chrome"
        SAFARI = "safari", "Safari"
        COCCOC = "coccoc", "Cốc Cốc"
        EDGE = "edge", "Edge"
        FIREFOX = "firefox", "Firefox"
        SAMSUNG = "samsung", "Samsung Internet"
        OPERA = "opera", "Opera"
        ZALO = "zalo", _("Ứng dụng Zalo")
        FACEBOOK = "facebook", _("Ứng dụng Facebook")
        OTHER = "other", _("Trình duyệt khác")

    day = models.DateField(_("ngày"))
    device = models.CharField(_("thiết bị"), max_length=8, choices=Device)
    browser = models.CharField(_("trình duyệt"), max_length=8, choices=Browser)
    views = models.BigIntegerField(_("lượt xem"), default=0)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("thiết bị theo ngày")
        verbose_name_plural = _("thiết bị theo ngày")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "device", "browser"], name="device_views_once_a_day"),
            models.CheckConstraint(name="device_views_not_negative", condition=Q(views__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.browser} {self.day:%d/%m/%Y}"


class NotFoundPath(models.Model):
    """Paths answered with status 404. ExcludedHits counts these requests too."""

    MAX_PATHS = 500  # a day; vulnerability scanners try thousands
    MAX_LENGTH = 300  # characters

    day = models.DateField(_("ngày"))
    path = models.CharField(_("địa chỉ"), max_length=MAX_LENGTH)
    views = models.BigIntegerField(_("lượt người"), default=0)
    bots = models.BigIntegerField(_("lượt máy"), default=0)

    objects = NotFoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("địa chỉ không tìm thấy")
        verbose_name_plural = _("địa chỉ không tìm thấy")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "path"], name="not_found_path_once_a_day"),
            models.CheckConstraint(name="not_found_not_negative", condition=Q(views__gte=0, bots__gte=0)),
        ]

    def __str__(self) -> str:
        return self.path


class ExcludedHits(models.Model):
    """Requests that are no page views, by reason: all requests = views of people + robots + excluded."""

    class Reason(models.TextChoices):
        STATIC = "static", _("Tệp tĩnh và tệp tải lên")
        ADMIN = "admin", _("Trang quản trị")
        HEALTH = "health", _("Kiểm tra máy chủ")
        METHOD = "method", _("Không phải yêu cầu xem trang (HEAD, POST…)")
        REDIRECT = "redirect", _("Chuyển hướng")
        NOT_FOUND = "missing", _("Không tìm thấy")
        ERROR = "error", _("Bị từ chối hoặc lỗi")
        NOT_HTML = "nothtml", _("Không phải trang web (RSS, sitemap…)")
        STAFF = "staff", _("Người của cổng")
        PREFETCH = "prefetch", _("Trình duyệt tải trước")
        EMBEDDED = "embedded", _("Không mở thành trang (khung nhúng, mã lệnh)")
        MALFORMED = "garbled", _("Dòng ghi hỏng")
        DROPPED = "dropped", _("Không ghi được vì hết chỗ trên đĩa")

    day = models.DateField(_("ngày"))
    reason = models.CharField(_("lý do"), max_length=8, choices=Reason)
    hits = models.BigIntegerField(_("số lượt"), default=0)

    objects = ExcludedQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt không tính")
        verbose_name_plural = _("lượt không tính")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "reason"], name="excluded_reason_once_a_day"),
            models.CheckConstraint(name="excluded_hits_not_negative", condition=Q(hits__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.day:%d/%m/%Y}"
