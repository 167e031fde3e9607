from dataclasses import dataclass
from enum import StrEnum, auto

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.models import Article

from ..models import Comment
from ..opinion_period import accepts_opinions
from . import captcha, limits, tickets
from .captcha import Captcha, CaptchaKind
from .client import client_hash
from .csrf import browser_secret, passes_csrf_check
from .forms import OpinionForm
from .storage import CaptchaAlreadyUsed, OpinionToStore


class Action(StrEnum):
    """The values of the form's buttons, all named "action"."""

    SEND = "send"
    NEW_PICTURE = "new-picture"
    NEW_QUESTION = "new-question"


class Outcome(StrEnum):
    STORED = auto()
    CAPTCHA_NEEDED = auto()  # everything is fine so far; the captcha has to be answered
    INVALID = auto()
    CLOSED = auto()  # the article does not accept opinions any more
    LIMITED = auto()


@dataclass
class SubmissionResult:
    """Either the stored opinion, or the form to be shown again with everything that was typed."""

    outcome: Outcome
    form: OpinionForm
    comment: Comment | None = None
    captcha: Captcha | None = None
    message: str = ""
    retry_after: int = 0  # seconds

    @property
    def is_problem(self) -> bool:
        return self.outcome in (Outcome.INVALID, Outcome.CLOSED, Outcome.LIMITED)

    @property
    def is_open(self) -> bool:
        return self.outcome != Outcome.CLOSED

    @property
    def focus(self) -> str:
        return next(iter(self.form.errors), "captcha") if self.captcha else ""


class Submission:
    def __init__(self, request: HttpRequest, article: Article) -> None:
        self.request = request
        self.article = article
        self.form = OpinionForm(request.POST)
        self.ticket = tickets.read(request.POST.get("ticket", ""), article.pk)
        self.client = client_hash(request)

    @property
    def captcha_kind(self) -> CaptchaKind:
        is_question = self.request.POST.get("captcha_kind") == CaptchaKind.QUESTION
        return CaptchaKind.QUESTION if is_question else CaptchaKind.PICTURE

    def process(self) -> SubmissionResult:
        if not accepts_opinions(self.article):
            message = _("Bài này không còn nhận ý kiến. Nội dung bạn viết vẫn còn dưới đây để bạn chép lại.")
            return SubmissionResult(Outcome.CLOSED, self.form, message=message)
        try:
            match self.request.POST.get("action"):
                case Action.NEW_PICTURE:
                    return self._replace_captcha(CaptchaKind.PICTURE)
                case Action.NEW_QUESTION:
                    return self._replace_captcha(CaptchaKind.QUESTION)
                case _:
                    return self._send()
        except limits.LimitReached as limit:
            return SubmissionResult(Outcome.LIMITED, self.form, message=limit.message, retry_after=limit.retry_after)

    def new_captcha(self, kind: CaptchaKind) -> Captcha:
        limits.count_captcha(self.client)
        return captcha.create(kind, self.article.pk, self.request)

    def _replace_captcha(self, kind: CaptchaKind) -> SubmissionResult:
        new_captcha = self.new_captcha(kind)
        self.form = OpinionForm.unvalidated(self.request.POST)
        return SubmissionResult(Outcome.CAPTCHA_NEEDED, self.form, captcha=new_captcha)

    def _send(self) -> SubmissionResult:
        if not self.form.is_valid():
            return self._invalid_fields()
        if self.ticket is None and "ticket" in self.request.POST:
            return self._ask_again(_("Mã xác nhận đã hết hạn. Nội dung vẫn còn đây: chỉ cần nhập mã mới."))
        if self.ticket is None:
            message = _("Còn một bước: nhập mã xác nhận rồi bấm “Gửi ý kiến”.")
            return self._ask_again(message, Outcome.CAPTCHA_NEEDED)
        if not passes_csrf_check(self.request):
            return self._ask_again(
                _(
                    "Trình duyệt chưa gửi cookie của trang này. "
                    "Hãy cho phép cookie, nhập mã mới rồi bấm “Gửi ý kiến” lần nữa."
                )
            )
        return self._check_captcha_and_store(self.ticket)

    def _check_captcha_and_store(self, ticket: tickets.Ticket) -> SubmissionResult:
        opinion = OpinionToStore(
            self.form.cleaned_data, self.article, self.client, browser_secret(self.request), ticket
        )
        answer = self.form.cleaned_data["captcha"]
        if not captcha.is_correct(ticket.captcha_key, answer):
            # A second press of the button sends the captcha that the first one has used.
            if earlier := opinion.sent_with_ticket():
                return SubmissionResult(Outcome.STORED, self.form, comment=earlier)
            captcha.delete(ticket.captcha_key)
            return self._wrong_captcha(
                _("Mã xác nhận chưa đúng. Hãy nhập mã mới; nội dung bạn viết vẫn còn.")
                if answer
                else _("Hãy nhập mã xác nhận.")
            )
        try:
            return SubmissionResult(Outcome.STORED, self.form, comment=opinion.store())
        except CaptchaAlreadyUsed:
            return self._wrong_captcha(_("Mã này đã dùng cho một ý kiến khác. Hãy nhập mã mới."))

    def _invalid_fields(self) -> SubmissionResult:
        """The captcha already shown stays valid while other fields are corrected."""
        number = len(self.form.errors)
        message = ngettext("Còn %(number)d chỗ cần sửa.", "Còn %(number)d chỗ cần sửa.", number) % {"number": number}
        shown = captcha.find(self.ticket, self.request) if self.ticket else None
        if shown is None:
            return self._ask_again(message)
        return SubmissionResult(Outcome.INVALID, self.form, captcha=shown, message=message)

    def _wrong_captcha(self, error: str) -> SubmissionResult:
        self.form.add_error("captcha", error)
        return self._ask_again("")

    def _ask_again(self, message: str, outcome: Outcome = Outcome.INVALID) -> SubmissionResult:
        new_captcha = self.new_captcha(self.captcha_kind)
        self.form.clear_captcha()
        return SubmissionResult(outcome, self.form, captcha=new_captcha, message=message)
