import logging
from collections import Counter
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)

# RFC 3834 and its counterpart of Microsoft Exchange: no automatic answers, please.
AUTOMATIC_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass
class DeliveryReport:
    sent: Counter[str] = field(default_factory=Counter)
    failed: int = 0

    def send(self, kind: str, mail: EmailMessage) -> bool:
        try:
            mail.send()
        except (OSError, SMTPException) as error:
            # Only the type: the text of the error may contain the recipient's address.
            logger.error("A mail could not be sent: %s", type(error).__name__)
            self.failed += 1
            return False
        self.sent[kind] += 1
        return True


def absolute_url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
