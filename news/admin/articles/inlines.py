from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...models import Article, Attachment, RelatedArticle
from ...staff import logged_in_user
from ...text.cleaning import clean_line
from ...text.legacy_encodings import to_unicode
from ..row_choices import AutocompleteMixin

MAX_TITLE_LENGTH = Attachment._meta.get_field("title").max_length or 0
ENDING_LENGTH = 40  # characters; number, date or part of a document often stand at the end of its name


def shortened(name: str) -> str:
    """The name with its middle left out if it is too long for a title."""
    if len(name) <= MAX_TITLE_LENGTH:
        return name
    return f"{name[: MAX_TITLE_LENGTH - ENDING_LENGTH - 3].rstrip()} … {name[-ENDING_LENGTH:].lstrip()}"


class AttachmentForm(forms.ModelForm):
    class Meta:
        model = Attachment
        fields = ["title", "file", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Để trống thì lấy theo tên tệp.")

    def clean(self) -> None:
        super().clean()
        file = self.cleaned_data.get("file")
        if not self.cleaned_data.get("title") and isinstance(file, UploadedFile) and "title" not in self.errors:
            name = clean_line(PurePosixPath(file.name or "").stem)
            self.cleaned_data["title"] = shortened(to_unicode(name)) or str(_("Tài liệu"))
        if not self.cleaned_data.get("title") and "title" not in self.errors and "file" not in self.errors:
            self.add_error("title", _("Hãy đặt tên cho tài liệu."))

    def _get_validation_exclusions(self) -> set[str]:
        """A stored file is not validated again: it was when it was uploaded, and it may be missing in the storage."""
        exclude = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude if "file" in self.changed_data else exclude | {"file"}


class AttachmentInline(admin.TabularInline):
    model = Attachment
    form = AttachmentForm
    fields = ("title", "file", "order")
    extra = 1


class RelatedArticleForm(forms.ModelForm):
    def clean_related(self) -> Article:
        related = self.cleaned_data["related"]
        if related.pk == self.instance.article_id:
            raise forms.ValidationError(_("Bài không thể liên quan đến chính nó."), code="itself")
        return related


class RelatedArticleInline(AutocompleteMixin, admin.TabularInline):
    model = RelatedArticle
    form = RelatedArticleForm
    fk_name = "article"
    fields = ("related", "order")
    autocomplete_fields = ("related",)
    extra = 0
    verbose_name = _("tin liên quan")
    verbose_name_plural = _("tin liên quan chọn tay")

    def formfield_for_foreignkey(self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "related":
            kwargs["queryset"] = Article.objects.visible_to(logged_in_user(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
