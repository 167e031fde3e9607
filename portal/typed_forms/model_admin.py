"""What every form of the admin has: a second press of its button saves nothing, and what was typed can come back."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import quote
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.staff import logged_in_user
from news.text.html import MAX_LENGTH

from ..models import SentForm
from .keeping import refill_from_session
from .keys import FIELD, REFILL, FormKey, digest
from .offer import Offer, offer_back


class TypedFormMixin(admin.ModelAdmin):
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        refill_from_session(request)
        label = self.opts.label_lower
        key = FormKey.sent_in(request.POST)
        if key is None or key.model != label or not key.belongs_to(request.user.pk):
            key = None
        shown = key or FormKey.new(label, request.user.pk)
        context = {
            "form_key": shown.signed(),
            "form_key_field": FIELD,
            "rich_text_limit": MAX_LENGTH,
            **(extra_context or {}),
        }
        if request.method != "POST" or key is None or REFILL in request.POST:
            return super().changeform_view(request, object_id, form_url, context)
        with transaction.atomic():  # another press of the same button waits here until the first is saved or refused
            sent, is_first = SentForm.objects.get_or_create(
                user=logged_in_user(request), key=key.number, defaults={"digest": digest(request)}
            )
            if not is_first and (answer := self._answer_again(request, object_id, sent)):
                return answer
            response = super().changeform_view(request, object_id, form_url, context)
            if is_first:
                self._remember(request, sent)
        return response

    def _remember(self, request: HttpRequest, sent: SentForm) -> None:
        saved: models.Model | None = getattr(request, "saved_row", None)
        if saved is None:  # the form came back with errors: its next press is a first one
            sent.delete()
            return
        sent.object_id = str(saved.pk)
        sent.save(update_fields=["object_id"])
        SentForm.objects.all().delete_outdated()

    def _answer_again(self, request: HttpRequest, object_id: str | None, sent: SentForm) -> HttpResponse | None:
        """The answer to a form that was saved before. None: save it once more, over what the first press has made."""
        is_same = sent.digest == digest(request)
        if object_id is not None and not is_same:
            return None
        row = self.get_object(request, sent.object_id)
        if not is_same or row is None:
            return self._offer_second(request, row)
        if IS_POPUP_VAR in request.POST and object_id is None:
            return admin.ModelAdmin.response_add(self, request, row)
        if object_id is None:
            told = _("“%(row)s” đã được lưu ở lần bấm trước. Lần bấm này không tạo thêm.")
        else:
            told = _("“%(row)s” đã được lưu ở lần bấm trước. Lần bấm này không đổi gì thêm.")
        messages.info(request, told % {"row": row})
        return HttpResponseRedirect(self._address_of(request, row))

    def _offer_second(self, request: HttpRequest, row: models.Model | None) -> HttpResponse:
        """The page was opened again by the Back button, and something else was typed into it."""
        text: str | Promise
        if row is None:
            text = _(
                "Biểu mẫu này đã được lưu một lần, nhưng mục tạo ra lần ấy nay không còn. Muốn tạo lại thì mở "
                "biểu mẫu rồi bấm lưu."
            )
        else:
            text = _(
                "Lần bấm trước đã tạo “%(row)s”. Nội dung vừa gửi khác bản đã lưu nên chưa được lưu. Muốn sửa mục đã "
                "có thì mở mục ấy và chép phần cần giữ từ bên dưới; muốn tạo thêm một mục nữa thì mở biểu mẫu mới."
            ) % {"row": row}
        return offer_back(
            request,
            Offer(
                title=_("Chưa lưu: biểu mẫu này đã được lưu trước đó"),
                text=text,
                status=409,
                link=self._address_of(request, row) if row else "",
                link_label=_("Mở mục đã lưu"),
                may_send_again=False,
                with_key=False,
            ),
        )

    def _address_of(self, request: HttpRequest, row: models.Model) -> str:
        names = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}"
        if self.has_view_or_change_permission(request, row):
            return reverse(f"{names}_change", args=[quote(row.pk)])
        return reverse(f"{names}_changelist" if self.has_view_or_change_permission(request) else "admin:index")

    # ------------------------------------------------------------ which row was saved

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        request.saved_row = obj  # type: ignore[attr-defined]
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        request.saved_row = obj  # type: ignore[attr-defined]
        return super().response_change(request, obj)

    # ------------------------------------------------------------ what was typed comes back

    def get_form(self, request: HttpRequest, obj: Any = None, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, *args, **kwargs)
        return refilled(form) if REFILL in request.POST else form


def refilled(form_class: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The same form, never valid: it is shown with what was typed, to be read before it is saved."""

    class RefilledForm(form_class):  # type: ignore[misc, valid-type]
        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound:
                self.add_error(
                    None,
                    forms.ValidationError(
                        _("Chưa lưu. Dưới đây là những gì bạn đã gõ: hãy xem lại rồi bấm lưu."), code="refilled"
                    ),
                )

    return RefilledForm
