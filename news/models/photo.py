from html import escape
from typing import IO, Self

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ParagraphField
from ..media.images import delete_picture, picture_html, share_name, store_picture, thumbnail_url
from ..text.cleaning import clean_line
from ..text.folding import fold
from ..workflow import is_editor
from .article import Article
from .file_owner import FileOwner, FileOwnerQuerySet, file_owner_deleted


class PhotoQuerySet(FileOwnerQuerySet["Photo"]):
    def matching(self, query: str) -> Self:
        """Every word of the query is in caption, alt, credit or file name, with or without diacritics."""
        photos = self
        for word in fold(query).split()[:10]:
            photos = photos.filter(search_text__contains=word)
        return photos


class Photo(FileOwner):
    owned_file = "image"
    delete_file = staticmethod(delete_picture)

    image = models.ImageField(_("tệp ảnh"), width_field="width", height_field="height", max_length=200)
    original_name = LineField(_("tên tệp gốc"), max_length=255, blank=True, editable=False)
    caption = ParagraphField(
        _("chú thích"),
        max_length=500,
        blank=True,
        help_text=_("Câu hiện dưới ảnh. Từng bài có thể ghi chú thích khác."),
    )
    alt = LineField(
        _("mô tả cho người không nhìn thấy ảnh"),
        max_length=300,
        blank=True,
        help_text=_("Trong ảnh có gì? Trình đọc màn hình đọc câu này thay cho ảnh; đừng chép lại chú thích."),
    )
    credit = LineField(_("người chụp"), max_length=120, blank=True, help_text=_("Hiện sau chú thích, dạng “Ảnh: …”."))
    width = models.PositiveIntegerField(_("chiều rộng"), editable=False)
    height = models.PositiveIntegerField(_("chiều cao"), editable=False)
    uploaded_by = models.ForeignKey(
        "auth.User",
        models.SET_NULL,
        verbose_name=_("người tải lên"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True)
    search_text = models.TextField(editable=False, default="")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("ảnh")
        verbose_name_plural = _("thư viện ảnh")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.caption or self.alt or self.original_name or self.name

    def save(self, *args, **kwargs) -> None:
        self.search_text = fold(f"{self.caption} {self.alt} {self.credit} {self.original_name}")
        super().save(*args, **kwargs)

    @classmethod
    def from_upload(cls, upload: IO[bytes], original_name: str = "", **fields) -> Self:
        """An unsaved photo whose files are already in the storage. Raises ValidationError as `store_picture` does."""
        stored = store_picture(upload)
        return cls(
            image=stored.name,
            width=stored.width,
            height=stored.height,
            original_name=clean_line(original_name)[-255:],
            **fields,
        )

    @property
    def name(self) -> str:
        """Name of the file in the storage, from which the names of its renditions follow, see media/images.py."""
        return self.file_name

    @property
    def url(self) -> str:
        return default_storage.url(self.name)

    @property
    def thumbnail_url(self) -> str:
        return thumbnail_url(self.name)

    @property
    def share_url(self) -> str:
        return default_storage.url(share_name(self.name))

    def may_be_changed_by(self, user: User) -> bool:
        """Lead photos and events show the caption of the library. So whoever may not publish changes the caption of a
        photo only while no event and nobody else's article shows it."""
        if is_editor(user) or not user.has_perm("news.change_photo"):
            return user.has_perm("news.change_photo")
        led = Article.objects.filter(lead_photo=self)
        return not led.exclude(pk__in=led.drafts().written_by(user)).exists() and not self.events.exists()

    def figure_html(self) -> str:
        credit = f'<span class="credit">Ảnh: {escape(self.credit)}</span>' if self.credit else ""
        caption = " ".join(part for part in (escape(self.caption), credit) if part)
        image = f'<img src="{escape(self.url)}" alt="{escape(self.alt)}" width="{self.width}" height="{self.height}">'
        return f'<figure class="image">{image}<figcaption>{caption}</figcaption></figure>'

    def thumbnail(self) -> str:
        return picture_html(self.name, self.alt, sizes="12rem")


post_delete.connect(file_owner_deleted, sender=Photo)
