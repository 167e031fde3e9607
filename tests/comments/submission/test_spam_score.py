import random
import string

import pytest
from django.http import QueryDict
from pytest_django.fixtures import Settings

from comments import conf
from comments.models import Comment, SpamRule, Status
from comments.submission.forms import OpinionForm
from comments.submission.spam_score import IncomingOpinion, find_hits, text_key, total_points
from comments.submission.storage import OpinionToStore
from comments.submission.tickets import Ticket
from tests.factories import make_article

TERMS = (
    ("word", "cá độ"),
    ("word", "nhà cái"),
    ("word", "hoà bình giả"),
    ("domain", "keo-bong.example.com"),
    ("watched", "lừa đảo"),
    ("name", "Báo Thử"),
)


def hits(body: str = "Đề nghị sửa đường.", name: str = "Nguyễn Thị Thử", **more) -> dict[str, int]:
    found: dict[str, int] = {}
    for hit in find_hits(IncomingOpinion(name, body, terms=TERMS, **more)):
        found[hit["rule"]] = found.get(hit["rule"], 0) + hit["points"]
    return found


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {}),
        ({"honeypot": True}, {"honeypot": 60}),
        ({"seconds_taken": 2.9}, {"too_fast": 30}),
        ({"seconds_taken": 3}, {}),
        ({"many_from_client": True}, {"many_from_client": 20}),
        ({"body": "Xem https://vi-du.vn/bai?a=1 nhé."}, {"one_link": 15}),
        ({"body": "Xem vi-du.com hoặc www.khac.example, hay kia.top/x"}, {"many_links": 35}),
        ({"body": "Gửi thư cho toi@vi-du.com, ban.Tôi chờ."}, {}),
        ({"body": "Vào www.KEO-bong.example.com/x ngay"}, {"one_link": 15, "blocked_domain": 40}),
        ({"body": "Vào https://a.keo-bong.example.com ngay"}, {"one_link": 15, "blocked_domain": 40}),
        ({"body": "Vào https://keo-bong.example.com.vn ngay"}, {"one_link": 15}),
        ({"body": "Trang CÁ  ĐỘ và nhà cái, cá độ nữa"}, {"blocked_word": 80}),
        ({"body": "con cá đó, ca do, cá độc"}, {}),
        ({"body": "một nền hòa bình giả tạo"}, {"blocked_word": 40}),
        ({"body": "có kẻ lừa đảo ở chợ"}, {"watched_word": 20}),
        ({"body": "lứa đào này ngon"}, {}),
        ({"name": "UBND xã Mẫu"}, {"impersonation": 30}),
        ({"name": "Công an tỉnh"}, {"impersonation": 30}),
        ({"name": "báo thử"}, {"impersonation": 30}),
        ({"name": "Nguyễn Công An"}, {}),
        ({"name": "Trần Quản"}, {}),
        ({"body": "hay quaaaaaaa"}, {"repeated": 15}),
        ({"body": "hay quaaaaaa"}, {}),
        ({"body": "Họ tên: ..................... Địa chỉ: -----------"}, {}),
        ({"body": "ĐỀ NGHỊ SỬA ĐƯỜNG NGAY CHO DÂN NHỜ"}, {"capitals": 10}),
        ({"body": "UBND, HĐND, MTTQ"}, {}),
    ],
)
def test_each_rule_fires_where_it_should_and_only_there(sent: dict, expected: dict):
    assert hits(**sent) == expected


def test_hit_names_the_words_that_it_means():
    body = "Chơi cá độ ở https://vi-du.vn nhé"
    found = {
        hit["rule"]: body[hit["start"] : hit["end"]] for hit in find_hits(IncomingOpinion("A B", body, terms=TERMS))
    }
    assert found == {"one_link": "https://vi-du.vn", "blocked_word": "cá độ"}


def test_every_rule_has_its_points_in_the_settings():
    assert set(conf.DEFAULTS["points"]) == set(SpamRule.values)


def test_site_changes_one_number_and_keeps_the_others(settings: Settings):
    settings.COMMENTS = {"points": {"one_link": 3}}
    assert hits("Xem https://vi-du.vn nhé") == {"one_link": 3}
    assert hits("Xem https://vi-du.vn nhé", seconds_taken=0)["too_fast"] == conf.DEFAULTS["points"]["too_fast"]


def test_same_text_is_known_by_its_letters():
    assert text_key("Đường xấu quá!") == text_key("  duong  XẤU quá… ")
    assert text_key("Đường xấu quá!") != text_key("Đường đẹp quá!")
    assert text_key("!!!") != text_key("???")


# ---------------------------------------------------------------- nothing automatic rejects

ODD = "".join(
    map(chr, [*range(32), 0x300, 0x301, 0x323, 0x200B, 0x202E, 0x2066, 0xFEFF, 0x1F600, 0x5D0, 0x627, 0xE000, 0x10FFFF])
)
WORDS = [
    "đường",
    "nhà cái",
    "cá độ",
    "https://a.top",
    "b.com",
    "<b>",
    "';--",
    "UBND",
    "AAAAAAAAAA",
    "ơ",
    "\n",
    "{{ x }}",
    "%s",
    "lừa đảo",
]


def random_text(chance: random.Random, most: int) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return "".join(chance.choice(string.printable + ODD) for _number in range(chance.randrange(most)))
    if kind == 1:
        return "".join(chr(chance.randrange(0x20, 0x3000)) for _number in range(chance.randrange(most)))
    if kind == 2:
        return chance.choice(string.ascii_letters + "đơ!") * chance.randrange(most)
    return " ".join(chance.choice(WORDS) for _number in range(chance.randrange(max(2, most // 6))))


@pytest.mark.django_db
def test_of_ten_thousand_random_opinions_none_is_rejected_by_itself():
    """A valid opinion waits for a moderator, suspect or not; an invalid one is returned with an error message."""
    chance = random.Random(20_260_301)  # noqa: S311 - the same texts every time
    from_suspect = conf.get("suspect_from")
    waiting = {Status.PENDING: 0, Status.SUSPECT: 0}
    returned = 0
    article = make_article()
    for number in range(10_000):
        data = QueryDict(mutable=True)
        data.update(
            {
                "name": random_text(chance, 60),
                "body": random_text(chance, 400),
                "consent": "on",
                "subject": chance.choice(["", "", "x"]),
            }
        )
        form = OpinionForm(data)
        if not form.is_valid():
            assert form.errors
            returned += 1
            continue
        sent = IncomingOpinion(
            form.cleaned_data["name"],
            form.cleaned_data["body"],
            honeypot=bool(form.cleaned_data["subject"]),
            seconds_taken=chance.random() * 9,
            terms=TERMS,
        )
        found = find_hits(sent)
        for hit in found:
            text = {"body": sent.body, "name": sent.name, "": ""}[hit["field"]]
            assert 0 <= hit["start"] <= hit["end"] <= len(text)
        waiting[Status.SUSPECT if total_points(found) >= from_suspect else Status.PENDING] += 1
        if number % 50 == 0:  # storing all of them would only be slower
            ticket = Ticket(article.pk, f"khoa-{number}", age=9)
            opinion = OpinionToStore(form.cleaned_data, article, f"khach-{number}", browser="", ticket=ticket)
            comment = opinion.store()
            assert comment.status in waiting
    assert returned + sum(waiting.values()) == 10_000
    assert min(returned, *waiting.values()) > 500  # the random texts really reach every outcome
    assert not Comment.objects.exclude(status__in=waiting).exists()
