from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import AddressSlugField, LineField, ParagraphField
from .changes import AnnouncingQuerySet


class EventQuerySet(AnnouncingQuerySet["Event"]):
    def visible(self) -> Self:
        return self.filter(is_visible=True)

    def newest_first(self) -> Self:
        return self.order_by("-is_pinned", "-updated_at", "-pk")


class Event(models.Model):
    """A running story, or an occasion with time and place, whose articles stand together on one page."""

    name = LineField(_("tên"), max_length=160)
    slug = AddressSlugField(
        _("địa chỉ"),
        filled_from="name",
        max_length=180,
        unique=True,
        blank=True,
        help_text=_("Để trống thì lấy theo tên sự kiện."),
    )
    summary = ParagraphField(_("giới thiệu"), max_length=600, blank=True)
    photo = models.ForeignKey(
        "news.Photo", models.PROTECT, verbose_name=_("ảnh"), related_name="events", null=True, blank=True
    )
    starts_at = models.DateTimeField(
        _("bắt đầu"), null=True, blank=True, help_text=_("Để trống nếu là dòng tin không có ngày giờ.")
    )
    ends_at = models.DateTimeField(_("kết thúc"), null=True, blank=True)
    place = LineField(_("địa điểm"), max_length=200, blank=True)
    is_visible = models.BooleanField(_("hiện trên trang"), default=True)
    is_pinned = models.BooleanField(_("luôn đứng đầu"), default=False)
    updated_at = models.DateTimeField(_("sửa lần cuối"), auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("sự kiện")
        verbose_name_plural = _("sự kiện")
        ordering = ["-is_pinned", "-updated_at"]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:event", args=[self.slug])

    @property
    def is_upcoming(self) -> bool:
        return self.starts_at is not None and self.starts_at > timezone.now()
