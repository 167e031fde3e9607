"""Stores a valid opinion, at most once for the same sender, article and text."""

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

    @property
    def repeat_key(self) -> str:
        parts = [
            str(self.article.pk),
            self.client,
            fold(self.fields["name"]),
            " ".join(self.fields["body"].split()),
        ]
        return sha256("\x00".join(parts).encode()).hexdigest()

    def stored_before(self) -> Comment | None:
        return Comment.objects.filter(repeat_key=self.repeat_key).first()

    def store(self, ticket: Ticket) -> Comment:
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
                        seconds_taken=ticket.age,
                        many_from_client=limits.count_opinion(self.client),
                        terms=terms,
                    )
                    comment = self._create(incoming, ticket, reply_due_on)
                    captcha.delete(ticket.captcha_key)
                return comment
            except IntegrityError:
                if earlier := self.stored_before():
                    return earlier
                if Comment.objects.filter(captcha_key=ticket.captcha_key).exists():
                    raise CaptchaAlreadyUsed from None
                if not Article.objects.filter(pk=self.article.pk).exists():
                    raise
                # Two opinions drew the same random receipt code: try again with another one.

    def _create(self, incoming: IncomingOpinion, ticket: Ticket, reply_due_on: date) -> Comment:
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
            captcha_key=ticket.captcha_key,
            repeat_key=self.repeat_key,
            reply_due_on=reply_due_on,
        )
