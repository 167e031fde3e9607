"""What happens around an article's files: the words inside are read, and a file taken off the article leaves the
storage too, since its address must not go on answering."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...models import Article, Attachment


def delete_files_on_commit(names: Iterable[str]) -> None:
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name))


def names_of(attachments: models.QuerySet) -> list[str]:
    return list(attachments.order_by().values_list("file", flat=True))


def tell_of_files_without_words(request: HttpRequest, attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        if attachment.is_readable and not attachment.text:
            messages.warning(
                request,
                _(
                    "Đã lưu tệp “%(title)s”, nhưng không đọc được chữ bên trong nên người đọc không tìm thấy tệp theo nội dung. "
                    "Có thể tệp là bản quét, có mật khẩu hoặc bị hỏng."
                )
                % {"title": attachment.title},
            )


class AttachmentFilesMixin:
    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        stored = (
            Attachment.objects.filter(article=form.instance)
            if formset.model is Attachment
            else Attachment.objects.none()
        )
        before = set(names_of(stored))
        super().save_formset(request, form, formset, change)  # type: ignore[misc]
        delete_files_on_commit(before - set(names_of(stored.all())))
        if formset.model is Attachment:
            uploaded = [
                *formset.new_objects,
                *(attachment for attachment, changed in formset.changed_objects if "file" in changed),
            ]
            # Comes after the reading, which the attachments themselves put off until the commit.
            transaction.on_commit(partial(tell_of_files_without_words, request, uploaded), robust=True)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        names = names_of(Attachment.objects.filter(article=obj))
        super().delete_model(request, obj)  # type: ignore[misc]
        delete_files_on_commit(names)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        names = names_of(Attachment.objects.filter(article__in=queryset.order_by().values("pk")))
        super().delete_queryset(request, queryset.order_by())  # type: ignore[misc]
        delete_files_on_commit(names)
