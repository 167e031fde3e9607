from functools import cached_property
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ...media.images import name_from_url
from ...models import Article
from ...staff import display_name
from ...text.cleaning import cut_at_word
from ...text.html import UnacceptableHTML, clean_html, harmless, to_text, without_foreign_images
from ...text.legacy_encodings import html_to_unicode, to_unicode
from ..rules import NEEDS_ALL_PARTS, PUBLISH, RETURN, STEPS, Step, ends_before_it_begins, may_take, missing_parts

OVERWRITE = "_overwrite"
TO_UNICODE = "_to_unicode"
WRITTEN = ("title", "summary", "body")  # fields that are pasted from elsewhere
SHOWN_OF_CONVERSION = 120  # characters
LONGEST_REASON = 1000  # characters, as in the model


CONVERTED = forms.ValidationError(
    _(
        "Chưa lưu: chữ TCVN3, VNI trong tên, sapo, nội dung đã chuyển sang Unicode. Hãy đọc lại các ô bên dưới rồi lưu. "
        "Muốn lấy lại chữ cũ thì bấm nút quay lại của trình duyệt."
    ),
    code="converted",
)  # no fault, but it keeps the form from being saved


class Difference(NamedTuple):
    """One field whose typed value is not the stored one, both as HTML."""

    label: str
    typed: SafeString | str
    stored: SafeString | str


class Conversion(NamedTuple):
    """A field with words in TCVN3 or VNI: how it begins as it stands and in Unicode."""

    label: str
    written: str
    read: str


class ArticleForm(forms.ModelForm):
    """Knows which button was pressed, and notices when somebody else saved the article meanwhile."""

    user: User  # set on the class that ArticleAdmin.get_form makes for one request
    is_for_preview = False
    file_not_stored = False  # an attachment, when this form was saved a moment ago
    return_reason = forms.CharField(
        label=_("Lý do trả lại"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Tác giả đọc câu này khi mở lại bài. Bắt buộc khi bấm “Trả lại”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_version = self.instance.version
        self.conflict: Article | None = None
        self.dropped_pictures = 0
        if self.is_bound and TO_UNICODE in self.data:
            self._convert_to_unicode()
        if self.instance.pk is None:
            self.instance.author = self.user
        elif "body" in self.fields:
            self.initial["body"] = harmless(self.instance.body)

    @property
    def step(self) -> Step | None:
        return next((step for step in STEPS if step.button in self.data), None)

    @property
    def loaded_version(self) -> str:
        """The version of the row that the person in front of this form has seen."""
        return self.data.get("version", "") if self.is_bound else str(self.stored_version)

    @property
    def accepted_version(self) -> str:
        """The version that may be overwritten: the one seen first, or the one shown beside and accepted."""
        return self.data.get(OVERWRITE) or self.loaded_version

    def _convert_to_unicode(self) -> None:
        """In the fields, for the person to read before saving."""
        data = cast(QueryDict, self.data).copy()
        for name in WRITTEN:
            data[name] = in_unicode(name, data.get(name, ""))
        self.data = data

    @property
    def is_only_converted(self) -> bool:
        """Not saved for no other reason, in the article's own fields."""
        return list(self.errors) == [NON_FIELD_ERRORS] and [
            error.code for error in self.errors.as_data()[NON_FIELD_ERRORS]
        ] == [CONVERTED.code]

    @property
    def conversions(self) -> list[Conversion]:
        """What the button “Chuyển sang Unicode” would change of what is in the fields."""
        found = []
        for name in WRITTEN:
            written = self.data.get(name, "") if self.is_bound else getattr(self.instance, name)
            if (read := in_unicode(name, written)) != written:
                label = capfirst(str(self.fields[name].label))
                plain = to_text if name == "body" else str
                found.append(Conversion(label, *where_they_part(plain(written), plain(read))))
        return found

    def clean_body(self) -> str:
        body = Article._meta.get_field("body").clean(self.cleaned_data["body"], None)
        body, self.dropped_pictures = without_foreign_images(body, lambda source: name_from_url(source) is not None)
        return body

    def clean(self) -> None:
        super().clean()
        if self.is_for_preview:
            return
        if TO_UNICODE in self.data:
            self.add_error(None, CONVERTED)
        if self.file_not_stored:
            self.add_error(
                None,
                _(
                    "Chưa lưu: máy chủ không ghi được tệp đính kèm (hết chỗ hoặc không được ghi). Những gì bạn gõ vẫn còn nguyên. "
                    "Hãy báo người quản trị; trong lúc chờ, có thể lưu bài không kèm tệp."
                ),
            )
        self._refuse_if_saved_meanwhile()
        if self.conflict is None:
            self._refuse_impossible_step()
            self._ask_for_missing_parts()
            self._ask_for_reason()
            self._check_times()

    def _refuse_if_saved_meanwhile(self) -> None:
        if self.instance.pk is None or self.accepted_version == str(self.stored_version):
            return
        self.conflict = Article.objects.select_related("updated_by", "category", "source", "lead_photo").get(
            pk=self.instance.pk
        )
        someone = self.conflict.updated_by
        when = timezone.localtime(self.conflict.updated_at)
        self.add_error(
            None,
            _(
                "Chưa lưu: trong lúc bạn sửa, %(who)s đã lưu bài này lúc %(when)s. Những gì bạn gõ vẫn còn nguyên trong các ô bên dưới; "
                "bản đang có nằm ở khung so sánh. Hãy chép phần cần giữ, rồi bấm “Lưu đè bản đang có” nếu bản của bạn là bản đúng."
            )
            % {"who": display_name(someone) if someone else _("người khác"), "when": f"{when:%H:%M:%S %d/%m/%Y}"},
        )

    def _refuse_impossible_step(self) -> None:
        if self.step and not may_take(self.user, self.step, self.instance):
            self.add_error(
                None,
                _("Bài đang ở trạng thái “%(state)s” nên không dùng được nút “%(button)s”.")
                % {"state": self.instance.state_label, "button": self.step.label},
            )

    def _ask_for_missing_parts(self) -> None:
        if (self.step.leads_to if self.step else self.instance.status) not in NEEDS_ALL_PARTS:
            return
        cleaned = self.cleaned_data
        missing = missing_parts(
            cleaned.get("title", ""), cleaned.get("summary", ""), cleaned.get("body", ""), bool(cleaned.get("category"))
        )
        for field, sentence in missing.items():
            if field not in self.errors:
                self.add_error(
                    field,
                    _("%(missing)s Cần đủ tên, sapo, nội dung và chuyên mục mới gửi duyệt hay đăng được.")
                    % {"missing": sentence},
                )

    def _ask_for_reason(self) -> None:
        if self.step is RETURN and not self.cleaned_data.get("return_reason") and "return_reason" not in self.errors:
            self.add_error("return_reason", _("Hãy ghi lý do trả lại để tác giả biết cần sửa gì."))

    def _check_times(self) -> None:
        if "published_at" in self.errors or "expires_at" in self.errors:
            return
        typed = Article(
            published_at=self.cleaned_data.get("published_at"), expires_at=self.cleaned_data.get("expires_at")
        )
        if self.instance.status == Article.Status.APPROVED and self.step is None and typed.published_at is None:
            self.add_error("published_at", _("Bài đã duyệt phải có giờ đăng."))
        elif self.step is PUBLISH and typed.published_at is None and ends_before_it_begins(typed):
            self.add_error("expires_at", _("Giờ hết hạn phải sau giờ đăng."))

    @cached_property
    def differences(self) -> list[Difference]:
        """What is typed beside what is stored, for the fields that are not the same."""
        if self.conflict is None:
            return []
        names = [
            field.name
            for field in Article._meta.get_fields()
            if field.name in self.fields and field.name != "return_reason"
        ]
        pairs = [(name, self._typed(name), stored_value(self.conflict, name)) for name in names]
        return [
            Difference(capfirst(str(self.fields[name].label or name)), shown(typed), shown(stored))
            for name, typed, stored in pairs
            if typed != stored
        ]

    def _typed(self, name: str) -> Any:
        value = (
            self.cleaned_data.get(name, self.data.get(self.add_prefix(name), ""))
            if name in self.errors
            else self.cleaned_data.get(name)
        )
        if isinstance(value, models.QuerySet):
            return sorted(value, key=lambda row: row.pk)
        return SafeString(harmless(value or "")) if name == "body" else value


def in_unicode(name: str, value: str) -> str:
    if name != "body":
        return to_unicode(value)
    try:
        cleaned = clean_html(value)
    except UnacceptableHTML:  # the field says so itself
        return value
    converted = html_to_unicode(cleaned)
    return value if converted == cleaned else converted


def where_they_part(written: str, read: str) -> tuple[str, str]:
    """The two texts from the first word that is not the same in both."""
    same = next((place for place, (char, other) in enumerate(zip(written, read, strict=False)) if char != other), 0)
    start = written.rfind(" ", 0, same) + 1
    return cut_at_word(written[start:], SHOWN_OF_CONVERSION), cut_at_word(read[start:], SHOWN_OF_CONVERSION)


def stored_value(article: Article, name: str) -> Any:
    field = Article._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(article, name).all(), key=lambda row: row.pk)
    value = getattr(article, name)
    return SafeString(harmless(value)) if name == "body" else value


def shown(value: Any) -> SafeString | str:
    if value in (None, "", []):
        return format_html('<span class="quiet">{}</span>', _("(để trống)"))
    if isinstance(value, bool):
        return str(_("Có") if value else _("Không"))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if hasattr(value, "tzinfo"):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    return value if isinstance(value, SafeString) else SafeString(linebreaks(str(value), autoescape=True))
