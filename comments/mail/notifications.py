"""All mails of the app. None contains a word that a citizen wrote, and none is sent while a request waits: the command
`opinion_notifications` runs every few minutes."""

from datetime import datetime

from django.utils import timezone

from . import to_moderators, to_senders
from .delivery import DeliveryReport


def send_notifications(now: datetime | None = None) -> DeliveryReport:
    now = now or timezone.now()
    report = DeliveryReport()
    to_senders.ask_for_consent(report, now)
    to_senders.notify_senders(report, now)
    to_moderators.send_digest(report, now)
    to_moderators.send_overdue_alarm(report, now)
    return report
