from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from ..media.images import MAX_UPLOAD_BYTES, delete_picture
from ..models import Photo

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
MAX_FILES = 20  # each takes about a second, and the browser waits for all of them
FILE_LOST = _("Trình duyệt không giữ lại tệp sau khi có lỗi: hãy chọn lại tệp ảnh rồi gửi lại.")


def save_upload(upload: UploadedFile, user: User, **words: str) -> Photo:
    """Adds a photo to the library; `words` are caption, alt and credit. Raises ValidationError for a refused file."""
    photo = Photo.from_upload(upload, original_name=upload.name or "", uploaded_by=user, **words)
    save_or_delete_files(photo)
    return photo


def save_or_delete_files(photo: Photo) -> None:
    try:
        with transaction.atomic():
            photo.save()
    except DatabaseError:
        delete_picture(photo.name)
        raise


class PicturesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """One or several files. Their content is checked one by one later, so that a bad file does not stop the others."""

    widget = PicturesInput(attrs={"accept": ACCEPTED})
    default_error_messages = {
        "required": _("Hãy chọn ít nhất một tệp ảnh."),
        "too_many": _("Mỗi lần tải lên không quá %(limit)d ảnh."),
    }

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in data or [] if file]
        if not files:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > MAX_FILES:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"limit": MAX_FILES})
        return files


class PhotoForm(forms.ModelForm):
    """Caption, alt and credit. The file never changes, because articles refer to it by its name."""

    class Meta:
        model = Photo
        fields = ["caption", "alt", "credit"]
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
            "alt": forms.TextInput(attrs={"class": "vTextField"}),
            "credit": forms.TextInput(attrs={"class": "vTextField"}),
        }


class PhotoUploadForm(PhotoForm):
    """Several files at once, with the same caption, alt and credit."""

    files = PicturesField(  # type: ignore[assignment]  # moved to base_fields; the form's own `files` is untouched
        label=_("Tệp ảnh"),
        help_text=_("JPEG, PNG, WebP hoặc GIF, mỗi tệp không quá %d MB.") % (MAX_UPLOAD_BYTES // 1_000_000),
    )
    field_order = ["files", "caption", "alt", "credit"]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.errors and self.cleaned_data.get("files"):
            self.add_error("files", FILE_LOST)

    def save_all(self, user: User) -> tuple[list[Photo], list[str]]:
        """Returns the new photos, and an error message for each file that was refused."""
        words = {name: self.cleaned_data[name] for name in self.Meta.fields}
        photos, refused = [], []
        for file in self.cleaned_data["files"]:
            try:
                photos.append(save_upload(file, user, **words))
            except ValidationError as error:
                refused.append(
                    _("Không nhận “%(name)s”. %(reason)s") % {"name": file.name, "reason": " ".join(error.messages)}
                )
        return photos, refused


class PhotoAddForm(PhotoForm):
    """One file, in the admin. The file is stored only when all other fields are valid."""

    upload = forms.FileField(
        label=_("Tệp ảnh"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=PhotoUploadForm.base_fields["files"].help_text,
        error_messages={
            "required": _("Hãy chọn tệp ảnh."),
            "empty": _("Tệp này rỗng."),
            "invalid": _("Hãy chọn tệp ảnh."),
        },
    )

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        upload = self.cleaned_data.get("upload")
        if upload and not self.errors:
            self._store(upload)
        elif upload:
            self.add_error("upload", FILE_LOST)

    def _store(self, upload: UploadedFile) -> None:
        try:
            stored = Photo.from_upload(upload, original_name=upload.name or "")
        except ValidationError as error:
            self.add_error("upload", error)
            return
        for name in ("image", "width", "height", "original_name"):
            setattr(self.instance, name, getattr(stored, name))
