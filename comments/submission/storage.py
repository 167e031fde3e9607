"""Stores a valid opinion, at most once for the same sender, article and text.

The stored opinion leads to its private receipt, so a sender has to be proved: by the ticket of the form that was sent
before, or by the browser's secret cookie. An address of the network proves nothing: a whole ward may share it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article
from news.text.folding import fold

from .. import conf, deadlines
from ..models import BlockedTerm, Comment, Status
from . import captcha, limits
from .spam_score import IncomingOpinion, find_hits, text_key, total_points
from .tickets import Ticket

MAX_SCORE = 32767  # of the database column


class CaptchaAlreadyUsed(Exception):
    """Another opinion was stored with the same captcha."""


@dataclass
class OpinionToStore:
    fields: dict[str, Any]  # `cleaned_data` of the OpinionForm
    article: Article
    client: str  # the hash of the client's address
    browser: str  # the secret of the browser's cookie
    ticket: Ticket

    @property
    def repeat_key(self) -> str:
        """The same for everything that this browser sends about the article in the same words."""
        sender = self.browser or self.ticket.captcha_key
        parts = [str(self.article.pk), sender, *words_of(self.fields["name"], self.fields["body"])]
        return sha256("\x00".join(parts).encode()).hexdigest()

    def sent_with_ticket(self) -> Comment | None:
        """What the same form has stored in the same words, as when its button is pressed twice."""
        earlier = Comment.objects.of_article(self.article.pk).filter(captcha_key=self.ticket.captcha_key).first()
        same = earlier and words_of(earlier.name, earlier.body) == words_of(self.fields["name"], self.fields["body"])
        return earlier if same else None

    def sent_from_browser(self) -> Comment | None:
        return Comment.objects.filter(repeat_key=self.repeat_key).first()

    def store(self) -> Comment:
        """Returns the earlier opinion when the same sender has sent the same text before.

        Raises CaptchaAlreadyUsed, limits.LimitReached."""
        terms = tuple(BlockedTerm.objects.in_use().values_list("kind", "term"))
        reply_due_on = deadlines.reply_due(timezone.localdate(), deadlines.reply_days())
        while True:
            try:
                with transaction.atomic():
                    incoming = IncomingOpinion(
                        name=self.fields["name"],
                        body=self.fields["body"],
                        honeypot=bool(self.fields["subject"]),
                        seconds_taken=self.ticket.age,
                        many_from_client=limits.count_opinion(self.client),
                        terms=terms,
                    )
                    comment = self._create(incoming, reply_due_on)
                    captcha.delete(self.ticket.captcha_key)
                return comment
            except IntegrityError:
                if earlier := self.sent_with_ticket() or self.sent_from_browser():
                    return earlier
                if Comment.objects.filter(captcha_key=self.ticket.captcha_key).exists():
                    raise CaptchaAlreadyUsed from None
                if not Article.objects.filter(pk=self.article.pk).exists():
                    raise
                # Two opinions drew the same random receipt code: try again with another one.

    def _create(self, incoming: IncomingOpinion, reply_due_on: date) -> Comment:
        hits = find_hits(incoming)
        score = min(total_points(hits), MAX_SCORE)
        return Comment.objects.create(
            article=self.article,
            name=incoming.name,
            body=incoming.body,
            email=self.fields["email"],
            wants_mail=self.fields["wants_mail"],
            status=Status.SUSPECT if score >= conf.get("suspect_from") else Status.PENDING,
            score=score,
            hits=hits,
            text_hash=text_key(incoming.body),
            client_hash=self.client,
            captcha_key=self.ticket.captcha_key,
            repeat_key=self.repeat_key,
            reply_due_on=reply_due_on,
        )


def words_of(name: str, body: str) -> tuple[str, str]:
    """Name and text as they are compared: without differences that nobody would see in print."""
    return fold(name), " ".join(body.split())
