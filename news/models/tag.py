from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..db.collation import alphabetical
from ..fields import AddressSlugField, LineField
from .article import Article
from .changes import AnnouncingQuerySet


class TagQuerySet(AnnouncingQuerySet["Tag"]):
    def in_use(self) -> Self:
        """Tags of at least one published article: those of drafts are not public yet."""
        return self.filter(Exists(Article.objects.published().filter(tags=OuterRef("pk"))))


class Tag(models.Model):
    name = LineField(_("tên"), max_length=60, unique=True)
    slug = AddressSlugField(
        _("địa chỉ"),
        filled_from="name",
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Để trống thì lấy theo tên thẻ."),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("thẻ")
        verbose_name_plural = _("thẻ")
        ordering = [alphabetical("name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:tag", args=[self.slug])
