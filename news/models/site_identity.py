from hashlib import sha256
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..caching import cached_for_a_moment
from ..fields import LineField, MailAddressField, ParagraphField

ONLY_ROW = 1  # primary key
MAX_REPLY_DEADLINE_DAYS = 365


class SiteIdentity(models.Model):
    """The agency that publishes the site: a table of one row."""

    name = LineField(_("tên cổng"), max_length=160, default="Cổng thông tin điện tử")
    short_name = LineField(
        _("tên ngắn"),
        max_length=40,
        blank=True,
        help_text=_("Hiện trên thẻ trình duyệt và trên điện thoại. Để trống thì dùng tên cổng."),
    )
    governing_body = LineField(_("cơ quan chủ quản"), max_length=160, blank=True)
    slogan = LineField(_("khẩu hiệu"), max_length=160, blank=True)
    logo = models.ForeignKey(
        "news.Photo",
        models.PROTECT,
        verbose_name=_("biểu trưng"),
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Một ảnh vuông trong thư viện ảnh."),
    )
    address = LineField(_("địa chỉ"), max_length=250, blank=True)
    phone = LineField(
        _("điện thoại"),
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9 +().,/;–-]*$", _("Số điện thoại chỉ gồm chữ số, dấu cách và dấu + ( ) . , / ; -"))
        ],
    )
    email = MailAddressField(_("thư điện tử"), blank=True)
    responsible_person = LineField(
        _("người chịu trách nhiệm"), max_length=160, blank=True, help_text=_("Họ tên và chức vụ.")
    )
    licence_line = ParagraphField(
        _("dòng giấy phép"), max_length=400, blank=True, help_text=_("Số giấy phép, cơ quan cấp, ngày cấp.")
    )
    reply_deadline_days = models.PositiveSmallIntegerField(
        _("hạn trả lời ý kiến"), default=15, help_text=_("Số ngày làm việc kể từ khi nhận ý kiến.")
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("thông tin đơn vị")
        verbose_name_plural = _("thông tin đơn vị")
        constraints = [models.CheckConstraint(name="one_site_identity", condition=Q(pk=ONLY_ROW))]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.reply_deadline_days > MAX_REPLY_DEADLINE_DAYS:
            raise ValidationError({"reply_deadline_days": _("Hạn trả lời không quá 365 ngày.")})

    @classmethod
    def load(cls) -> Self:
        """Return the row, or an unsaved instance with the defaults if nobody has saved the form yet."""
        return cls.objects.select_related("logo").filter(pk=ONLY_ROW).first() or cls(pk=ONLY_ROW)

    @classmethod
    def cached(cls) -> Self:
        """Return what `load` returned in this process at most a second ago. For display only, not for editing."""
        return cached_for_a_moment("site_identity", cls.load)

    @property
    def title(self) -> str:
        return self.short_name or self.name

    @property
    def share_url(self) -> str:
        """Path of the drawn share picture. It contains a hash of what is drawn, so browsers may cache it for ever."""
        drawn = f"{self.name}\n{self.logo.name if self.logo else ''}"
        return reverse("news:share_picture", args=[sha256(drawn.encode()).hexdigest()[:16]])
