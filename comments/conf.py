"""Every number that decides about opinions, in one place, with its reason. A site changes some of them in its settings:

COMMENTS = {"close_after_days": 90, "points": {"one_link": 0}}
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    # ---- what may be sent
    "min_body": 10,  # characters; shorter says nothing that could be answered
    "max_body": 2000,  # characters; a page of A4, longer belongs into a letter
    "max_request": 200_000,  # bytes; 2,000 Vietnamese characters take 18,000, so a tenfold slip still comes back with its text
    "close_after_days": 365,  # after publication of the article, 0 = never; under old articles there is more spam than opinion
    # ---- the reply
    "reply_days": 15,  # working days, where the portal does not say otherwise (comments.deadlines)
    "holidays": (),  # further days off, as dates; 1/1, 30/4, 1/5 and 2/9 are known
    # ---- the ticket and the code
    "ticket_minutes": 120,  # a long text takes its time, and an expired ticket costs only a new code
    "undo_within": timedelta(seconds=60),
    # ---- when an opinion goes to "Nghi rác" instead of "Chờ duyệt"; neither is ever decided by itself
    "suspect_from": 50,
    "points": {
        "honeypot": 60,  # no person sees the field
        "too_fast": 30,  # sent less than `too_fast_seconds` after the ticket; a pasted text can be that fast, so not enough alone
        "many_links": 35,  # two or more
        "one_link": 15,  # a source is often quoted
        "blocked_word": 40,
        "blocked_domain": 40,
        "impersonation": 30,  # the name of an authority in the field for a person's name
        "watched_word": 20,
        "repeated": 15,  # "hayyyyyyyy"
        "capitals": 10,  # older people write so, hence few points
        "many_from_client": 20,  # past the soft limit; a whole ward may share one address
    },
    "too_fast_seconds": 3,
    "repeated_from": 7,  # the same character in a row
    "capitals_from": 0.7,  # part of the letters
    "capitals_letters": 20,  # fewer letters say nothing about capitals ("UBND")
    "impersonated": (  # exact words with their marks, in the sender's name; BlockedTerm adds more
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
    "same_text_hours": 24,
    "same_text_from": 3,  # others with the same text: grouped for the moderator, no points
    # ---- limits: (how many, in how many seconds); generous, because whole wards share one address
    "soft_limit": (5, 600),
    "client_limit": (30, 600),
    "client_day_limit": (200, 24 * 3600),
    "site_limit": (3000, 3600),  # more nobody could read
    "code_limit": (150, 600),  # codes drawn for one address: thirty opinions with four failures each
    "site_code_limit": (15_000, 3600),
    # ---- letters
    "digest_minutes": 30,  # at least so long between two letters to the moderators about new opinions
    "alarm_hours": 24,  # and between two about overdue replies
    "consent_letters_a_day": 3,  # to one address: more would be somebody annoying a stranger
    "consent_days": 14,  # how long the link in that letter works
    # ---- how long personal data is kept, in days
    "keep_client": 7,  # the hash of the sender's address: long enough to see a wave of spam
    "keep_spam": 15,  # for a second look at what was taken for spam
    "keep_withdrawn": 15,  # for the sender who asks what became of it
    "keep_rejected": 90,  # for complaints about the decision; also what was taken off the page
    "keep_email": 180,  # after the last reply, for a question that follows
}

FIXED_HOLIDAYS = {
    (1, 1),
    (4, 30),
    (5, 1),
    (9, 2),
}  # month, day: the holidays of the Labour Code that the solar calendar fixes


def get(name: str) -> Any:
    """The site's value, or ours. `points` are taken one by one, so that a site changes one and keeps the others."""
    own = getattr(settings, "COMMENTS", {})
    if name == "points":
        return DEFAULTS["points"] | own.get("points", {})
    return own.get(name, DEFAULTS[name])


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and day not in get("holidays")
