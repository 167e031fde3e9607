from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, WebAddressField
from ..text.addresses import web_address
from .article import Article


class TickerItemQuerySet(models.QuerySet["TickerItem"]):
    def current(self) -> Self:
        """What is shown now. An item that links an article is shown only while that article is published."""
        now = timezone.now()
        # Not IN, for which the database would list every published article.
        is_public = Exists(Article.objects.published().filter(pk=OuterRef("article")))
        return self.filter(
            Q(starts_at__isnull=True) | Q(starts_at__lte=now),
            Q(ends_at__isnull=True) | Q(ends_at__gt=now),
            Q(article__isnull=True) | is_public,
        ).select_related("article")


class TickerItem(models.Model):
    text = LineField(_("dòng tin"), max_length=250, blank=True, help_text=_("Để trống thì lấy tên bài viết được chọn."))
    article = models.ForeignKey(
        "news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="ticker_items", null=True, blank=True
    )
    url = WebAddressField(_("hoặc địa chỉ khác"), max_length=500, blank=True)
    order = models.PositiveIntegerField(_("thứ tự"), default=100, help_text=_("Số nhỏ chạy trước."))
    starts_at = models.DateTimeField(_("từ lúc"), null=True, blank=True, help_text=_("Để trống thì chạy ngay."))
    ends_at = models.DateTimeField(_("đến lúc"), null=True, blank=True, help_text=_("Để trống thì chạy đến khi gỡ."))

    objects = TickerItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin chạy")
        verbose_name_plural = _("tin chạy")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ticker_item_has_text_or_article",
                condition=~Q(text="") | Q(article__isnull=False),
                violation_error_message=_("Hãy ghi dòng tin hoặc chọn một bài viết."),
            ),
            models.CheckConstraint(
                name="ticker_item_links_once",
                condition=Q(url="") | Q(article__isnull=True),
                violation_error_message=_("Chỉ chọn một: bài viết hoặc địa chỉ khác."),
            ),
            models.CheckConstraint(
                name="ticker_item_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        return self.text or (self.article.title if self.article else "")

    @property
    def link(self) -> str:
        return self.article.get_absolute_url() if self.article else web_address(self.url)
