from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..db.collation import alphabetical
from ..fields import AddressSlugField, LineField, WebAddressField
from .changes import AnnouncingQuerySet


class Source(models.Model):
    name = LineField(_("tên đầy đủ"), max_length=120, unique=True)
    short_name = LineField(_("tên ngắn"), max_length=40, help_text=_("Hiện cuối bài, sau chữ “Theo”, chẳng hạn “BHT”."))
    slug = AddressSlugField(
        _("địa chỉ"),
        filled_from="name",
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Để trống thì lấy theo tên đầy đủ."),
    )
    url = WebAddressField(_("trang của nguồn tin"), blank=True)

    objects = AnnouncingQuerySet.as_manager()

    class Meta:
        verbose_name = _("nguồn tin")
        verbose_name_plural = _("nguồn tin")
        ordering = [alphabetical("name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:source", args=[self.slug])
