from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, OfficialReply, Status
from comments.moderation import queue_pages
from comments.submission.spam_score import IncomingOpinion, find_hits, text_key, total_points
from tests.comments.moderation.moderator_client import QUEUE, codes_listed, logged_in, on_page, parsed
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def moderator() -> Client:
    return logged_in()


def scored(**fields: Any) -> Comment:
    """An opinion with the hits and the score of the spam rules."""
    comment = make_comment(**fields)
    terms = (("word", "cá cược"),)
    comment.hits = find_hits(IncomingOpinion(comment.name, comment.body, honeypot=True, terms=terms))
    comment.score = total_points(comment.hits)
    comment.text_hash = text_key(comment.body)
    comment.save()
    return comment


def test_each_queue_lists_and_counts_its_own(moderator: Client):
    late = {"reply_due_on": timezone.localdate() - YESTERDAY}
    rows = {status: make_comment(status=status) for status in Status.values}
    overdue = make_comment(status=Status.PUBLISHED, **late)
    expected = {
        "cho-duyet": {rows["pending"]},
        "nghi-rac": {rows["suspect"]},
        "qua-han": {overdue},
        "da-dang": {rows["published"], overdue},
        "khong-dang": {rows["rejected"], rows["removed"], rows["withdrawn"]},
        "rac": {rows["spam"]},
    }
    for slug, comments in expected.items():
        page = moderator.get(QUEUE, {"hang": slug})
        assert sorted(codes_listed(page)) == sorted(comment.code for comment in comments)
    counts = [int(count.text()) for count in parsed(moderator.get(QUEUE)).css(".queue-tabs__count")]
    assert counts == [len(comments) for comments in expected.values()]


def test_who_has_waited_longest_comes_first(moderator: Client):
    now = timezone.now()
    young, old = make_comment(created_at=now), make_comment(created_at=now - YESTERDAY)
    assert codes_listed(moderator.get(QUEUE)) == [old.code, young.code]


def test_row_shows_the_whole_text_and_why_it_was_scored(moderator: Client):
    text = "Mời vào cá cược tại vi-du.bet\nvà http://vi-du.top <b>ngay</b>. " + "Dài lắm. " * 150
    comment = scored(body=text.strip(), status=Status.SUSPECT)
    page = parsed(moderator.get(QUEUE, {"hang": "nghi-rac"}))
    field = page.css_first('[data-field="body"]')
    assert field.text() == comment.body
    assert [mark.text() for mark in field.css("mark")] == ["cá cược", "vi-du.bet", "http://vi-du.top"]
    assert [chip.text(deep=True, strip=True) for chip in page.css(".chip")] == [
        "Điền ô ẩn+60",
        "Từ chặn+40",
        "Nhiều đường dẫn+35",
        f"Tổng {comment.score}",
    ]


def test_same_text_stands_there_once_with_its_number(moderator: Client):
    first = scored(body="Đề nghị lắp thêm quạt ở bộ phận một cửa.", name="Lê Một")
    others = [scored(body="đề nghị lắp thêm quạt ở bộ phận một cửa", name=f"Lê {number}") for number in range(2)]
    lone = scored(body="Một ý kiến khác hẳn về việc khác.")
    page = moderator.get(QUEUE)
    assert codes_listed(page) == [first.code, lone.code]
    assert "×3 trùng" in page.content.decode()
    members = parsed(page).css_first(f'[name="same-{first.pk}"]').attributes["value"]
    assert members == ",".join(f"{comment.pk}:1" for comment in (first, *others))


def test_opinions_without_a_text_are_no_group(moderator: Client):
    for _number in range(2):
        make_comment(text_hash="")
    assert len(codes_listed(moderator.get(QUEUE))) == 2


def test_email_is_hidden_without_the_permission(moderator: Client):
    comment = make_comment(email="nguoi.dan@vi-du.example")
    pages = moderator.get(QUEUE).content + moderator.get(on_page(comment, "change")).content
    assert b"nguoi.dan@" not in pages
    assert "n•••@vi-du.example" in pages.decode()
    assert b"nguoi.dan@vi-du.example" in logged_in("Quản trị").get(on_page(comment, "change")).content


def test_page_after_page_shows_every_opinion_once(moderator: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue_pages, "PER_PAGE", 2)
    now = timezone.now()
    for slug, status in (("cho-duyet", Status.PENDING), ("da-dang", Status.PUBLISHED)):
        moments = [now, now, now, now - YESTERDAY, now - 2 * YESTERDAY]
        expected = {make_comment(status=status, created_at=moment, decided_at=moment).code for moment in moments}
        found: list[str] = []
        address = f"?hang={slug}"
        while address:
            page = moderator.get(QUEUE + address)
            found += codes_listed(page)
            link = parsed(page).css_first(".queue-pages a:last-child")
            address = link.attributes["href"] if link and "tiếp theo" in link.text() else ""
        assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "key",
    ["x", "_", "2026-99-99T00:00:00+07:00_1", "2026-01-01T00:00:00_1", "9999-12-31T23:59:59+00:00_1", "x_" + "9" * 30],
)
def test_forged_place_in_the_queue_gives_its_beginning(moderator: Client, key: str):
    comment = make_comment()
    assert codes_listed(moderator.get(QUEUE, {"sau": key})) == [comment.code]


@pytest.mark.parametrize(
    "query", [{"bai": "1" * 30}, {"bai": "x"}, {"hang": "x"}, {"q": "%_'\""}, {"q": "‮" + "x" * 500}]
)
def test_nonsense_in_the_address_breaks_nothing(moderator: Client, query: dict[str, str]):
    make_comment()
    assert moderator.get(QUEUE, query).status_code == 200


def test_opinion_is_found_by_code_name_and_article(moderator: Client):
    article = make_article("Sạt lở bờ sông La")
    comment = make_comment(article, name="Trần Thị Tìm", status=Status.SPAM)
    make_comment()
    for words in (comment.code, comment.code.lower(), "Thị Tìm", "sat lo"):
        assert codes_listed(moderator.get(QUEUE, {"q": words})) == [comment.code]
    assert codes_listed(moderator.get(QUEUE, {"hang": "rac", "bai": article.pk})) == [comment.code]


def fill(status: str, number: int) -> None:
    """Overdue opinions, each with hits, a draft reply, an article of its own and another opinion with its text."""
    yesterday = timezone.localdate() - YESTERDAY
    for count in range(number):
        fields = {
            "body": f"Ý kiến có cá cược số {count}",
            "status": status,
            "reply_due_on": yesterday,
            "decided_at": timezone.now(),
        }
        comment = scored(email="a@vi-du.example", **fields)
        OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Nháp.")
        scored(**fields)


STATUSES = {
    "cho-duyet": "pending",
    "nghi-rac": "suspect",
    "qua-han": "published",
    "da-dang": "published",
    "khong-dang": "rejected",
    "rac": "spam",
}


@pytest.mark.parametrize(("slug", "status"), STATUSES.items())
def test_queue_of_fifty_takes_twelve_queries_at_most_and_as_many_as_one_of_two(slug: str, status: str):
    numbers = []
    for rows in (1, 2, queue_pages.PER_PAGE):
        fill(status, rows)
        moderator = logged_in()
        moderator.get(QUEUE, {"hang": slug})
        with CaptureQueriesContext(connection) as queries:
            moderator.get(QUEUE, {"hang": slug})
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] == numbers[2] <= 12


def test_opinions_own_page_tells_its_way(moderator: Client):
    comment = scored(body="Gọi tôi theo số 0912 345 678 nhé các anh.")
    comment.move(Status.REJECTED, reason="other", note="Gửi nhầm bài.")
    page = moderator.get(on_page(comment, "change")).content.decode()
    assert "Gửi nhầm bài." in page
    assert "Chờ duyệt → Không đăng" in page
    assert moderator.get(f"/admin/comments/comment/{comment.pk}/history/").url.endswith("/change/#nhat-ky")
    assert moderator.get("/admin/comments/comment/999999/change/").status_code == 404
    assert moderator.get(f"/admin/comments/comment/{'9' * 30}/change/").status_code == 404


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> ' OR 1=1; -- {{ settings.SECRET_KEY }} {% load x %} "
    "\u202egnp.exe\u202c zero\u200bwidth ế́́́́́ javascript:alert(1) </div></mark>&lt;b&gt; =cmd|' /C calc'!A0"
)


def test_hostile_words_stay_words(moderator: Client):
    body = (HOSTILE + " x" * 10_000)[:2000]
    comment = scored(name='"><script>alert(2)</script>', body=body, status=Status.SUSPECT)
    for page in (
        moderator.get(QUEUE, {"hang": "nghi-rac"}),
        moderator.get(on_page(comment, "change")),
        moderator.get(on_page(comment, "reply")),
    ):
        tree = parsed(page)
        assert tree.css_first(".opinion-row__text").text() == comment.body
        assert tree.css_first(".opinion-row__name").text(strip=True) == comment.name
        assert [script for script in tree.css("script") if "alert" in script.text()] == []
        assert tree.css("#content-main img, #content-main [onerror]") == []
    assert "\u202e" not in comment.body
