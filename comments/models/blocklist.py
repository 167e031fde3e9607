from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from news.fields import LineField


class BlockedTermQuerySet(models.QuerySet["BlockedTerm"]):
    def in_use(self) -> "BlockedTermQuerySet":
        return self.filter(is_active=True)


class BlockedTerm(models.Model):
    """A term that adds to the spam score of an opinion; it never rejects one.

    Terms match with their diacritics: "các" does not match a listed "cặc", nor "lon" a listed "lớn"."""

    class Kind(models.TextChoices):
        WORD = "word", _("Từ chặn")
        DOMAIN = "domain", _("Tên miền chặn")
        NAME = "name", _("Tên dễ bị mạo danh")
        WATCHED = "watched", _("Từ cần chú ý")

    kind = models.CharField(_("loại"), max_length=8, choices=Kind, default=Kind.WORD)
    term = LineField(
        _("từ ngữ"),
        max_length=120,
        help_text=_(
            "Viết đúng dấu; so khớp nguyên từ, không phân biệt chữ hoa. "
            "Tên miền viết như vi-du.com, gồm cả tên miền con."
        ),
    )
    note = LineField(_("ghi chú"), max_length=200, blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    created_at = models.DateTimeField(_("thêm lúc"), auto_now_add=True)

    objects = BlockedTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("từ ngữ chặn")
        verbose_name_plural = _("danh sách chặn")
        ordering = ["kind", "term"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("term"),
                name="blocked_term_once",
                violation_error_message=_("Từ ngữ này đã có trong danh sách."),
            ),
            models.CheckConstraint(name="blocked_term_not_empty", condition=~models.Q(term="")),
        ]

    def __str__(self) -> str:
        return self.term
