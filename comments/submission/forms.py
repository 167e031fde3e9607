from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from news.models import Article
from news.text.cleaning import clean_line, clean_text
from news.text.folding import fold

from .. import conf, deadlines
from ..models import BlockedTerm, Comment, Status
from . import captcha, limits
from .spam_score import Sent, find_hits, score, text_key
from .tickets import Ticket

MAX_SCORE = 32767  # what the column holds
ONE_LINE = ("ho_ten", "email", "ma")


class CodeUsed(Exception):
    """Another opinion has come in with this confirmation code."""


class OpinionForm(forms.Form):
    """What a citizen fills in. The names of the fields are seen by nobody but the browser."""

    ho_ten = forms.CharField(
        label=_("Họ và tên"),
        min_length=2,
        max_length=80,
        error_messages={
            "required": _("Hãy ghi họ và tên."),
            "min_length": _("Họ và tên có ít nhất 2 chữ cái."),
            "max_length": _("Họ và tên dài quá %(limit_value)d ký tự, xin ghi gọn lại."),
        },
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("E-mail chưa đúng, chẳng hạn thiếu @. Có thể để trống.")},
    )
    nhan_thu = forms.BooleanField(label=_("Báo cho tôi qua e-mail khi ý kiến được xử lý"), required=False)
    noi_dung = forms.CharField(label=_("Nội dung"), error_messages={"required": _("Hãy viết nội dung ý kiến.")})
    dong_y = forms.BooleanField(
        label=_("Tôi đồng ý để cơ quan lưu và dùng thông tin trên để xem xét, đăng và trả lời ý kiến này."),
        error_messages={"required": _("Cần bạn đồng ý thì mới nhận được ý kiến.")},
    )
    ma = forms.CharField(
        label=_("Mã xác nhận"), required=False
    )  # wanted from the second step on, and looked at by the view
    tieu_de_phu = forms.CharField(required=False)  # no person sees it

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Hidden characters go before anything looks at the text, also before it is shown again."""
        super().__init__(None if data is None else self._readable(data), auto_id="y-kien-%s")

    @classmethod
    def unjudged(cls, data: Mapping[str, Any]) -> Self:
        """The same words again, with no word on what is wrong with them: the sender only wanted a new code."""
        form = cls()
        form.initial = {name: value for name, value in cls._readable(data).items() if name != "ma"}
        return form

    @classmethod
    def _readable(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: (clean_line if name in ONE_LINE else clean_text)(str(data[name]))
            for name in cls.base_fields
            if name in data
        }

    def forget_code(self) -> None:
        """What was typed answered the code before."""
        self.data = {name: value for name, value in self.data.items() if name != "ma"}

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_noi_dung(self) -> str:
        text = self.cleaned_data["noi_dung"]
        least, most = conf.get("min_body"), conf.get("max_body")
        if len(text) < least:
            raise ValidationError(_("Nội dung ngắn quá, cần ít nhất %(least)d ký tự."), params={"least": least})
        if len(text) > most:
            params = {"length": number_format(len(text)), "most": number_format(most)}
            raise ValidationError(
                _("Nội dung dài %(length)s ký tự, quá %(most)s. Xin rút gọn hoặc gửi thành hai ý kiến."), params=params
            )
        return text

    def clean(self) -> None:
        if self.cleaned_data.get("nhan_thu") and not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Hãy ghi e-mail để nhận thư báo, hoặc bỏ chọn ô nhận thư."))

    # ------------------------------------------------------------ what comes of it

    def repeat_key(self, article: Article, client: str) -> str:
        """The same for the same sender and text, so that pressing twice gives one opinion."""
        parts = [
            str(article.pk),
            client,
            fold(self.cleaned_data["ho_ten"]),
            " ".join(self.cleaned_data["noi_dung"].split()),
        ]
        return sha256("\x00".join(parts).encode()).hexdigest()

    def earlier(self, article: Article, client: str) -> Comment | None:
        """The opinion that this sender has already sent with this text."""
        return Comment.objects.filter(repeat_key=self.repeat_key(article, client)).first()

    def save(self, *, article: Article, ticket: Ticket, client: str) -> Comment:
        """Stores the opinion, or finds it where the same sender has sent the same text before.

        Raises CodeUsed, limits.LimitReached."""
        terms = tuple(BlockedTerm.objects.in_use().values_list("kind", "term"))
        due = deadlines.reply_due(timezone.localdate(), deadlines.reply_days())
        while True:
            try:
                with transaction.atomic():
                    sent = self._sent(ticket, terms, many_from_client=limits.count_opinion(client))
                    comment = self._store(sent, article=article, ticket=ticket, client=client, due=due)
                    captcha.burn(ticket.key)
                return comment
            except IntegrityError:
                if earlier := self.earlier(article, client):
                    return earlier
                if Comment.objects.filter(captcha_key=ticket.key).exists():
                    raise CodeUsed from None
                if not Article.objects.filter(pk=article.pk).exists():
                    raise
                # Two opinions drew the same receipt code: draw again.

    def _sent(self, ticket: Ticket, terms: tuple[tuple[str, str], ...], *, many_from_client: bool) -> Sent:
        fields = self.cleaned_data
        return Sent(
            name=fields["ho_ten"],
            body=fields["noi_dung"],
            honeypot=bool(fields["tieu_de_phu"]),
            seconds=ticket.seconds,
            many_from_client=many_from_client,
            terms=terms,
        )

    def _store(self, sent: Sent, *, article: Article, ticket: Ticket, client: str, due: Any) -> Comment:
        hits = find_hits(sent)
        points = min(score(hits), MAX_SCORE)
        return Comment.objects.create(
            article=article,
            name=sent.name,
            body=sent.body,
            email=self.cleaned_data["email"],
            wants_mail=self.cleaned_data["nhan_thu"],
            status=Status.SUSPECT if points >= conf.get("suspect_from") else Status.PENDING,
            score=points,
            hits=hits,
            text_hash=text_key(sent.body),
            client_hash=client,
            captcha_key=ticket.key,
            repeat_key=self.repeat_key(article, client),
            reply_due_on=due,
        )
