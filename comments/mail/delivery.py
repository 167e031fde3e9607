import logging
from collections import Counter
from dataclasses import dataclass, field
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

# RFC 3834 and its counterpart of Microsoft Exchange: no automatic answers, please.
AUTOMATIC_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

REFUSALS = (SMTPRecipientsRefused, SMTPDataError)


@dataclass
class DeliveryReport:
    sent: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    refused: int = 0  # of the failed ones: because of the letter itself, not because no server could be reached

    def send(self, kind: str, mail: EmailMessage) -> bool:
        try:
            mail.send()
        except Exception as error:  # the network, the mail server, or an address that has no form in ASCII
            self.fail(f"A mail of the kind “{kind}”", error)
            self.refused += isinstance(error, REFUSALS) or not isinstance(error, OSError)
            return False
        self.sent[kind] += 1
        return True

    def fail(self, what: str, error: Exception) -> None:
        """One letter that fails holds up no other one. Of the error only the type is logged: its text may contain the
        recipient's address."""
        logger.error("%s could not be sent and will be tried again: %s", what, type(error).__name__)
        self.failed += 1


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
