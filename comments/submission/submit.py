"""The counter at which an opinion is handed in. Whatever is wrong, the sender gets the form back with every word in it."""

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.models import Article

from .. import conf
from ..models import Comment
from . import captcha, limits, tickets
from .captcha import Code
from .client import client_hash
from .forms import CodeUsed, OpinionForm

NEW_PICTURE, NEW_QUESTION = "hinh", "cau-hoi"  # the values of the buttons "Làm mới" and "Trả lời câu hỏi"


@dataclass
class Answer:
    """Either the stored opinion, or the form to fill in further."""

    status: int
    form: OpinionForm
    comment: Comment | None = None
    code: Code | None = None
    ticket: str = ""
    message: str = ""  # a plain sentence on what to do
    is_problem: bool = True
    retry_after: int = 0  # seconds
    focus: str = ""  # the field that comes next
    is_open: bool = field(default=True)


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _nothing(request: HttpRequest) -> HttpResponse:
    """Stands for the view, which itself is exempt."""
    return HttpResponse()


def came_from_our_form(request: HttpRequest) -> bool:
    """Django's own check; but a failure is told to us, not answered with a bare 403."""
    check = _CsrfCheck(lambda _request: None)  # type: ignore[arg-type]
    check.process_request(request)
    return check.process_view(request, _nothing, (), {}) is None


def is_too_large(request: HttpRequest) -> bool:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > conf.get("max_request")
    except ValueError:
        return True


def hand_in(request: HttpRequest, article: Article) -> Answer:
    form = OpinionForm(request.POST)
    if not limits.is_open(article):
        message = _("Bài này không còn nhận ý kiến. Nội dung bạn viết vẫn còn dưới đây để bạn chép lại.")
        return Answer(HTTPStatus.FORBIDDEN, form, message=message, is_open=False)
    try:
        return _step(request, article, form)
    except limits.LimitReached as limit:
        return Answer(HTTPStatus.TOO_MANY_REQUESTS, form, message=limit_message(limit), retry_after=limit.retry_after)


def _step(request: HttpRequest, article: Article, form: OpinionForm) -> Answer:
    wanted = request.POST.get("viec", "")
    if wanted in (NEW_PICTURE, NEW_QUESTION):
        unjudged = OpinionForm.unjudged(request.POST)
        return _with_new_code(request, article, unjudged, HTTPStatus.OK, "", kind=wanted, is_problem=False)
    ticket = tickets.read(request.POST.get("phieu", ""), article.pk)
    if not form.is_valid():
        return _with_errors(request, article, form, ticket)
    if ticket is None:
        return _first_step(request, article, form)
    if not came_from_our_form(request):
        message = _(
            "Trình duyệt chưa gửi cookie của trang này. Hãy cho phép cookie, nhập mã mới rồi bấm “Gửi ý kiến” lần nữa."
        )
        return _with_new_code(request, article, form, HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return _last_step(request, article, form, ticket)


def _first_step(request: HttpRequest, article: Article, form: OpinionForm) -> Answer:
    if "phieu" in request.POST:
        return _with_new_code(
            request,
            article,
            form,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("Mã xác nhận đã hết hạn. Nội dung vẫn còn đây: chỉ cần nhập mã mới."),
        )
    message = _("Còn một bước: nhập mã xác nhận rồi bấm “Gửi ý kiến”.")
    return _with_new_code(request, article, form, HTTPStatus.OK, message, is_problem=False)


def _last_step(request: HttpRequest, article: Article, form: OpinionForm, ticket: tickets.Ticket) -> Answer:
    client = client_hash(request)
    refused = ""
    if not form.cleaned_data["ma"]:
        refused = _("Hãy nhập mã xác nhận.")
    elif not captcha.is_right(ticket.key, form.cleaned_data["ma"]):
        refused = _("Mã xác nhận chưa đúng. Hãy nhập mã mới; nội dung bạn viết vẫn còn.")
    if refused:
        # A second press of the button meets the code that the first one used up.
        if earlier := form.earlier(article, client):
            return Answer(HTTPStatus.SEE_OTHER, form, comment=earlier)
        captcha.burn(ticket.key)
        form.add_error("ma", refused)
        return _with_new_code(request, article, form, HTTPStatus.UNPROCESSABLE_ENTITY, "")
    try:
        return Answer(HTTPStatus.SEE_OTHER, form, comment=form.save(article=article, ticket=ticket, client=client))
    except CodeUsed:
        form.add_error("ma", _("Mã này đã dùng cho một ý kiến khác. Hãy nhập mã mới."))
        return _with_new_code(request, article, form, HTTPStatus.UNPROCESSABLE_ENTITY, "")


def _with_errors(request: HttpRequest, article: Article, form: OpinionForm, ticket: tickets.Ticket | None) -> Answer:
    """The code that was shown stays good while other fields are mended."""
    number = len(form.errors)
    message = ngettext("Còn %(number)d chỗ cần sửa.", "Còn %(number)d chỗ cần sửa.", number) % {"number": number}
    shown = captcha.again(ticket.key, request) if ticket else None
    if ticket is None or shown is None:
        return _with_new_code(request, article, form, HTTPStatus.UNPROCESSABLE_ENTITY, message)
    return Answer(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        form,
        code=shown,
        ticket=request.POST["phieu"],
        message=message,
        focus=next(iter(form.errors)),
    )


def _with_new_code(
    request: HttpRequest,
    article: Article,
    form: OpinionForm,
    status: int,
    message: str,
    *,
    kind: str = "",
    is_problem: bool = True,
) -> Answer:
    code, ticket = new_code(request, article, kind or request.POST.get("kieu", ""))
    form.forget_code()
    focus = next(iter(form.errors), "ma") if is_problem else "ma"
    return Answer(status, form, code=code, ticket=ticket, message=message, is_problem=is_problem, focus=focus)


def new_code(request: HttpRequest, article: Article, kind: str) -> tuple[Code, str]:
    """A code and the ticket that belongs to it. Raises limits.LimitReached."""
    limits.count_code(client_hash(request))
    code = captcha.make(kind, request)
    return code, tickets.give(article.pk, code.key)


def limit_message(limit: limits.LimitReached) -> str:
    minutes = -(-limit.retry_after // 60)
    if limit.scope == "site":
        return _(
            "Lúc này có quá nhiều ý kiến gửi đến. Nội dung của bạn vẫn còn đây; xin gửi lại sau %(minutes)d phút."
        ) % {"minutes": minutes}
    return _(
        "Từ mạng của bạn đã có nhiều ý kiến gửi đến. Nội dung của bạn vẫn còn đây; xin gửi lại sau %(minutes)d phút."
    ) % {"minutes": minutes}


def too_long_message() -> str:
    return _(
        "Ý kiến dài quá mức nhận được. Hãy bấm nút quay lại của trình duyệt, rút gọn còn %(most)d ký tự rồi gửi lại."
    ) % {"most": conf.get("max_body")}


def json_of(answer: Answer, csrf_token: str) -> dict[str, Any]:
    """What the script of the form is told."""
    if answer.comment:
        return {
            "code": answer.comment.code,
            "address": answer.comment.status_url,
            "message": _("Ý kiến của bạn đã được gửi thành công. Cảm ơn bạn!"),
        }
    return {
        "message": answer.message,
        "errors": {name: [str(error) for error in errors] for name, errors in answer.form.errors.items()},
        "focus": answer.focus,
        "confirmation": json_of_code(answer.code, answer.ticket, csrf_token) if answer.code else None,
    }


def json_of_code(code: Code, ticket: str, csrf_token: str) -> dict[str, str]:
    return {"ticket": ticket, "kind": code.kind, "picture": code.picture, "question": code.question, "csrf": csrf_token}
