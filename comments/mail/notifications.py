"""All mails of the app. None contains a word that a citizen wrote, and none is sent while a request waits: the command
`opinion_notifications` runs every few minutes."""

from datetime import datetime

from django.utils import timezone

from . import to_moderators, to_senders
from .delivery import DeliveryReport

STEPS = (
    to_senders.ask_for_consent,
    to_senders.notify_senders,
    to_moderators.send_digest,
    to_moderators.send_overdue_alarm,
)


def send_notifications(now: datetime | None = None) -> DeliveryReport:
    now = now or timezone.now()
    report = DeliveryReport()
    for send_mails in STEPS:
        try:
            send_mails(report, now)
        except Exception as error:  # what fails here must not keep the other mails from being sent
            report.fail(f"Something of {send_mails.__name__}", error)
    return report
