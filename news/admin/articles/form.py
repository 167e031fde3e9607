from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ... import workflow
from ...media.images import name_from_url
from ...models import Article
from ...staff import display_name
from ...text.cleaning import clean_text
from ...text.html import harmless, to_text, without_foreign_images
from ...workflow import Refusal, Transition, TransitionRefused
from .buttons import OVERWRITE, TO_UNICODE, pressed_transition
from .comparison import Difference, as_html, stored_value
from .conversion import Conversion, excerpts_from_first_difference, in_unicode

WRITTEN = ("title", "summary", "body")  # fields that are pasted from elsewhere
MAX_REASON_LENGTH = Article._meta.get_field("return_reason").max_length

# Nothing is wrong, but the converted text is read again before it is saved.
CONVERTED = forms.ValidationError(
    _(
        "Chưa lưu: chữ TCVN3, VNI trong tên, sapo, nội dung đã chuyển sang Unicode. "
        "Hãy đọc lại các ô bên dưới rồi lưu. Muốn lấy lại chữ cũ thì bấm nút quay lại của trình duyệt."
    ),
    code="converted",
)


class ReasonField(forms.CharField):
    def has_changed(self, initial: Any, data: Any) -> bool:
        """A reason belongs to the transition, so it is no change of the article."""
        return False


class ReasonForm(forms.Form):
    """Why several articles are moved on at once."""

    return_reason = forms.CharField(
        max_length=MAX_REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )

    def __init__(self, transition: Transition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["return_reason"]
        field.label, field.help_text = str(transition.reason_label), str(transition.reason_help)
        field.error_messages["required"] = str(transition.no_reason)

    def clean_return_reason(self) -> str:
        reason = clean_text(self.cleaned_data["return_reason"]).strip()
        if not reason:
            raise forms.ValidationError(self.fields["return_reason"].error_messages["required"], code="required")
        return reason


class ArticleForm(forms.ModelForm):
    """Knows which button was pressed, and refuses to save over a version that its user has not seen."""

    user: User  # set on the class that ArticleAdmin.get_form makes for one request
    is_for_preview = False
    file_not_stored = False  # an attachment, when this request tried to save the form for the first time
    return_reason = ReasonField(
        required=False,
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask_for_the_reason()
        self.stored_version = self.instance.version
        self.conflict: Article | None = None
        self.dropped_pictures = 0
        if self.is_bound and TO_UNICODE in self.data:
            self._convert_to_unicode()
        if self.instance.pk is None:
            self.instance.author = self.user
        elif "body" in self.fields:
            self.initial["body"] = harmless(self.instance.body)

    def _ask_for_the_reason(self) -> None:
        """A state has at most one transition that needs a reason, so one field serves all."""
        for transition in workflow.TRANSITIONS:
            if transition.needs_reason and self.instance.status in transition.sources:
                field = self.fields["return_reason"]
                field.label, field.help_text = str(transition.reason_label), str(transition.reason_help)

    @property
    def transition(self) -> Transition | None:
        return pressed_transition(self.data)

    @property
    def loaded_version(self) -> str:
        """The version of the article when the user opened the form."""
        return self.data.get("version", "") if self.is_bound else str(self.stored_version)

    @property
    def accepted_version(self) -> str:
        """The version that may be overwritten: the loaded one, or the one that the user has compared and accepted."""
        return self.data.get(OVERWRITE) or self.loaded_version

    def _convert_to_unicode(self) -> None:
        """Changes the text in the fields, for the user to read it before saving."""
        data = cast(QueryDict, self.data).copy()
        for name in WRITTEN:
            data[name] = in_unicode(name, data.get(name, ""))
        self.data = data

    @property
    def is_only_converted(self) -> bool:
        """Whether the conversion is the only reason why the form was not saved."""
        return list(self.errors) == [NON_FIELD_ERRORS] and [
            error.code for error in self.errors.as_data()[NON_FIELD_ERRORS]
        ] == [CONVERTED.code]

    @property
    def conversions(self) -> list[Conversion]:
        found = []
        for name in WRITTEN:
            written = self.data.get(name, "") if self.is_bound else getattr(self.instance, name)
            if (read := in_unicode(name, written)) != written:
                label = capfirst(str(self.fields[name].label))
                plain = to_text if name == "body" else str
                found.append(Conversion(label, *excerpts_from_first_difference(plain(written), plain(read))))
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
                    "Chưa lưu: máy chủ không ghi được tệp đính kèm (hết chỗ hoặc không được ghi). "
                    "Những gì bạn gõ vẫn còn nguyên. "
                    "Hãy báo người quản trị; trong lúc chờ, có thể lưu bài không kèm tệp."
                ),
            )
        self._refuse_if_saved_meanwhile()
        if self.conflict is None:
            self._check_workflow()

    def _refuse_if_saved_meanwhile(self) -> None:
        if self.instance.pk is None or self.accepted_version == str(self.stored_version):
            return
        self.conflict = Article.objects.select_related("updated_by", "category", "source", "lead_photo").get(
            pk=self.instance.pk
        )
        who = self._who_saved(self.conflict.updated_by)
        when = timezone.localtime(self.conflict.updated_at)
        self.add_error(
            None,
            _(
                "Chưa lưu: trong lúc bạn sửa, %(who)s đã lưu bài này lúc %(when)s. "
                "Những gì bạn gõ vẫn còn nguyên trong các ô bên dưới; bản đang có nằm ở khung so sánh. "
                "Hãy chép phần cần giữ, rồi bấm “Lưu đè bản đang có” nếu bản của bạn là bản đúng."
            )
            % {"who": who, "when": f"{when:%H:%M:%S %d/%m/%Y}"},
        )

    def _who_saved(self, someone: User | None) -> str:
        if someone is None:
            return str(_("người khác"))
        return str(_("bạn, ở một cửa sổ khác,")) if someone == self.user else display_name(someone)

    def _check_workflow(self) -> None:
        typed = self._typed_article()
        if self.transition:
            reason = self.cleaned_data.get("return_reason", "")
            for refused in workflow.refusals(self.transition, typed, by=self.user, reason=reason):
                self._add_refusal(refused, self.transition)
            return
        if typed.status in workflow.COMPLETE:
            self._add_missing_parts(workflow.missing_parts(typed))
        if typed.status == workflow.Status.APPROVED and typed.published_at is None:
            self._add_error_once("published_at", _("Bài đã duyệt phải có giờ đăng."))

    def _typed_article(self) -> Article:
        typed = self.cleaned_data
        return Article(
            title=typed.get("title") or "",
            summary=typed.get("summary") or "",
            body=typed.get("body") or "",
            category=typed.get("category"),
            published_at=typed.get("published_at"),
            expires_at=typed.get("expires_at"),
            status=self.instance.status,
            author=self.instance.author,
        )

    def _add_refusal(self, refused: TransitionRefused, transition: Transition) -> None:
        if refused.code == Refusal.WRONG_STATE:
            self.add_error(
                None,
                _("Bài đang ở trạng thái “%(state)s” nên không dùng được nút “%(button)s”.")
                % {"state": self.instance.state_label, "button": transition.label},
            )
        elif refused.code == Refusal.INCOMPLETE:
            self._add_missing_parts(refused.fields)
        elif refused.code == Refusal.ENDS_BEFORE_IT_BEGINS:
            # A typed hour of publication is compared with the end by a constraint of the model.
            if "published_at" not in self.errors and self.cleaned_data.get("published_at") is None:
                self._add_error_once("expires_at", refused.fields["expires_at"])
        elif refused.fields:
            for field, sentence in refused.fields.items():
                self._add_error_once(field, sentence)
        else:
            self.add_error(None, str(refused))

    def _add_missing_parts(self, missing: Mapping[str, str | Promise]) -> None:
        for field, sentence in missing.items():
            self._add_error_once(
                field,
                _("%(missing)s Cần đủ tên, sapo, nội dung và chuyên mục mới gửi duyệt hay đăng được.")
                % {"missing": sentence},
            )

    def _add_error_once(self, field: str, message: str | Promise) -> None:
        if field not in self.errors:
            self.add_error(field, str(message))

    @cached_property
    def differences(self) -> list[Difference]:
        if self.conflict is None:
            return []
        names = [
            field.name
            for field in Article._meta.get_fields()
            if field.name in self.fields and field.name != "return_reason"
        ]
        pairs = [(name, self._typed(name), stored_value(self.conflict, name)) for name in names]
        return [
            Difference(capfirst(str(self.fields[name].label or name)), as_html(typed), as_html(stored))
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
