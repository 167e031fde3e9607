"""Every configurable number of the app, with its reason. A site overrides them in its settings:

COMMENTS = {"close_after_days": 90, "points": {"one_link": 0}}
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # ---- what may be sent
    "min_body": 10,  # characters; a shorter text cannot be answered
    "max_body": 2000,  # characters; about one page of A4
    # Bytes; 2,000 Vietnamese characters take 18,000 when URL-encoded, so a text ten times too long is still returned.
    "max_request": 200_000,
    "close_after_days": 365,  # after the publication of the article, 0 = never; old articles attract more spam
    # ---- the reply
    "holidays": (),  # further days off, as dates; 1/1, 30/4, 1/5 and 2/9 are known
    # ---- the ticket and the captcha
    "ticket_minutes": 120,  # long enough for a long text; after an expired ticket the sender answers a new captcha
    "undo_within": timedelta(seconds=60),
    # ---- the spam score
    "suspect_from": 50,  # from so many points an opinion goes to the queue "Nghi rác" instead of "Chờ duyệt"
    "points": {
        "honeypot": 60,  # people do not see the field
        "too_fast": 30,  # alone not enough for `suspect_from`, because a pasted text can be sent that fast
        "many_links": 35,  # two or more
        "one_link": 15,  # a source is often quoted
        "blocked_word": 40,
        "blocked_domain": 40,
        "impersonation": 30,  # the name of an authority in the field for a person's name
        "watched_word": 20,
        "repeated": 15,  # "hayyyyyyyy"
        "capitals": 10,  # few points, because older people often write in capitals
        "many_from_client": 20,  # past the soft limit; a whole ward may share one address
    },
    "too_fast_seconds": 3,
    "repeated_from": 7,  # the same character in a row
    "capitals_from": 0.7,  # the share of capitals among the letters
    "capitals_letters": 20,  # with fewer letters the rule does not apply ("UBND")
    "impersonated": (  # words with their diacritics in the sender's name; BlockedTerm adds more
        "ubnd",
        "ủy ban nhân dân",
        "hđnd",
        "hội đồng nhân dân",
        "công an",
        "quản trị",
        "quản trị viên",
        "ban biên tập",
        "admin",
        "administrator",
        "ban quản trị",
        "sở thông tin",
        "văn phòng ubnd",
        "tỉnh ủy",
        "huyện ủy",
        "thanh tra",
    ),
    # ---- limits: (how many, in how many seconds); generous, because whole wards share one address
    "soft_limit": (5, 600),
    "client_limit": (30, 600),
    "client_day_limit": (200, 24 * 3600),
    "site_limit": (3000, 3600),  # more than moderators could read
    "captcha_limit": (150, 600),  # of one client: thirty opinions with four wrong answers each
    "site_captcha_limit": (15_000, 3600),
    # ---- mail
    "digest_minutes": 30,  # the least time between two mails to the moderators about new opinions
    "alarm_hours": 24,  # the same for overdue replies, and for a queue without new opinions
    "consent_mails_a_day": 3,  # to one address, which anybody can enter into the form
    "consent_days": 14,  # how long the link in that mail can confirm the address
    "retry_days": 14,  # for which a mail about a decision or reply is tried again; then the mailbox is gone
    "mail_tries_a_day": 6,  # of one letter that is refused; without a mail server every run tries
    # ---- retention of personal data, in days
    "keep_client": 7,  # the hash of the client's address: long enough to recognise a wave of spam
    "keep_spam": 15,  # to correct a wrong decision
    "keep_withdrawn": 15,  # for questions of the sender
    "keep_rejected": 90,  # for complaints about the decision; also for removed opinions
    "keep_email": 180,  # after the last reply, for a question that follows
}

# (month, day) of the public holidays with a fixed date in the solar calendar: Labour Code 2019, article 112
FIXED_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}


def get(name: str) -> Any:
    """The site's value, or the default. A site can override single `points` without repeating the others."""
    own = getattr(settings, "COMMENTS", {})
    if name == "points":
        return DEFAULTS["points"] | own.get("points", {})
    return own.get(name, DEFAULTS[name])


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and day not in get("holidays")
