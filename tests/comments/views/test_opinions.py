from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from comments.models import Comment, OfficialReply, OpinionCount, Status
from comments.models.redaction import find_spans
from comments.pagination import decode_cursor
from tests.comments.submission.opinion_form import send
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

HIDDEN = [status for status in Status.values if status != Status.PUBLISHED]


def tree(response) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def bodies(response) -> list[str]:
    return [node.text(strip=True) for node in tree(response).css(".opinion__body")]


@pytest.mark.parametrize("status", HIDDEN)
def test_no_public_page_shows_what_is_not_published(client: Client, status: str):
    article = make_article()
    make_comment(article, status=Status.PUBLISHED, body="Ý kiến công khai.")
    secret = make_comment(
        article, status=status, name="Người Gửi Kín", body="Bí mật chưa đăng.", published_at=timezone.now()
    )
    OfficialReply.objects.create(comment=secret, agency="Cơ quan kín", body="Lời kín").publish(by=None)
    for place in (article.get_absolute_url(), f"/y-kien/{article.pk}/"):
        page = client.get(place).content.decode()
        assert "Ý kiến công khai." in page
        for word in ("Bí mật", "Người Gửi Kín", "Cơ quan kín", secret.code):
            assert word not in page, (place, word)
    assert client.get(secret.get_absolute_url()).status_code == 404


def test_newest_come_first_and_every_page_continues_where_the_last_ended(client: Client):
    article = make_article()
    moment = timezone.now()
    # Many with one and the same moment, as after a bulk decision.
    comments = [
        make_comment(
            article,
            status=Status.PUBLISHED,
            body=f"Ý kiến số {number:02}",
            published_at=moment - timedelta(minutes=number // 15),
        )
        for number in range(45)
    ]
    make_comment(status=Status.PUBLISHED, body="Ý kiến về bài khác")
    expected = [
        comment.body
        for comment in sorted(comments, key=lambda comment: (comment.published_at, comment.pk), reverse=True)
    ]
    place, seen, sizes = f"/y-kien/{article.pk}/", [], []
    while place:
        response = client.get(place)
        found = bodies(response)
        sizes.append(len(found))
        seen += found
        robots = tree(response).css_first("meta[name=robots]")
        assert (robots.attributes["content"] if robots else "") == ("noindex, follow" if len(sizes) > 1 else "")
        link = tree(response).css_first(".opinion-list__steps a[rel=next]")
        place = link.attributes["href"] if link else ""
        place = f"/y-kien/{article.pk}/{place}" if place.startswith("?") else place
    assert seen == expected
    assert sizes == [20, 20, 5]
    assert bodies(client.get(article.get_absolute_url())) == expected[:20]
    assert "45 ý kiến" in client.get(article.get_absolute_url()).content.decode()


def test_exactly_one_page_has_no_link_to_an_empty_one(client: Client):
    article = make_article()
    for _number in range(20):
        make_comment(article, status=Status.PUBLISHED)
    assert tree(client.get(article.get_absolute_url())).css(".opinion-list__steps a") == []


@pytest.mark.parametrize(
    "value", ["", "x", "1", "1-", "-1", "1-x", "²-1", "9" * 19 + "-1", "9" * 18 + "-1", "1-" + "9" * 18, "0-0", "%00"]
)
def test_nonsense_in_the_address_of_a_page_shows_opinions_all_the_same(client: Client, value: str):
    article = make_article()
    make_comment(article, status=Status.PUBLISHED)
    response = client.get(f"/y-kien/{article.pk}/?truoc={value}")
    assert response.status_code == (400 if value == "%00" else 200)
    assert decode_cursor("1-2") is not None


@pytest.mark.parametrize("with_replies", [False, True])
def test_number_of_queries_does_not_grow_with_the_opinions(client: Client, with_replies: bool):
    article = make_article()

    def queries(place: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(place).status_code == 200
        return len(context)

    def add() -> None:
        comment = make_comment(article, status=Status.PUBLISHED)
        if with_replies:
            OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Đã tiếp thu.").publish(by=None)

    places = (article.get_absolute_url(), f"/y-kien/{article.pk}/")
    queries(places[0])  # what a process asks once only
    without = [queries(place) for place in places]
    add()
    one = [queries(place) for place in places]
    add()
    add()
    assert [queries(place) for place in places] == one
    assert one[0] - without[0] == 2  # the opinions and their replies; the number is asked for in any case


def test_official_reply_stands_below_its_opinion_with_agency_and_date(client: Client):
    article = make_article()
    comment = make_comment(article, status=Status.PUBLISHED)
    reply = OfficialReply.objects.create(comment=comment, agency="UBND xã Mẫu", body="Xã đã tiếp thu.\nTrân trọng.")
    assert "Xã đã tiếp thu." not in client.get(article.get_absolute_url()).content.decode()
    reply.publish(by=None)
    block = tree(client.get(article.get_absolute_url())).css_first(f"#{comment.code} .reply")
    words = " ".join(block.text(separator=" ").split())
    assert "UBND xã Mẫu" in words
    assert "Xã đã tiếp thu. Trân trọng." in words
    assert f"{timezone.localtime(reply.published_at):%H:%M %d/%m/%Y}" in words
    assert reply.withdraw(by=None) is True
    assert tree(client.get(article.get_absolute_url())).css_first(".reply") is None


def test_permalink_shows_the_one_opinion(client: Client):
    article = make_article()
    comment = make_comment(article, status=Status.PUBLISHED, body="Ý kiến cần nhắc lại.")
    make_comment(article, status=Status.PUBLISHED, body="Ý kiến khác hẳn.")
    assert bodies(client.get(comment.get_absolute_url())) == ["Ý kiến cần nhắc lại."]
    assert client.get(comment.get_absolute_url().lower()).status_code == 200
    article.withdraw()
    assert client.get(comment.get_absolute_url()).status_code == 404


def test_redacted_words_are_nowhere_in_the_page(client: Client):
    article = make_article()
    numbers = ("0912345678", "0987654321")
    body = "Gọi tôi số {} nhé, hoặc {}.".format(*numbers)
    redactions = [
        {"field": "body", "start": start, "end": end} for number in numbers for start, end in find_spans(number, body)
    ]
    comment = make_comment(
        article, status=Status.PUBLISHED, body=body, redactions=[*redactions, {"field": "name", "start": 7, "end": 16}]
    )
    # Not a digit less: the six of a microsecond may stand in any page's times.
    seven_digits = [number[start : start + 7] for number in numbers for start in range(4)]
    for place in (article.get_absolute_url(), f"/y-kien/{article.pk}/", comment.get_absolute_url()):
        page = client.get(place).content.decode()
        assert "Gọi tôi số" in page
        assert "(đã che)" in page
        for word in (*seven_digits, "Thị Thử"):
            assert word not in page, (place, word)


HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)> </textarea></template><svg onload=alert(3)>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;",
    "template": "{{ settings.SECRET_KEY }} {% include 'base.html' %} ${7*7} #{7*7}",
    "sql": "'; DROP TABLE comments_comment; -- \" \\",
    "links": "javascript:alert(1) https://vi-du.example/?a=1&b=2 www.vi-du.example",
    "marks": "Đ" + "\u0301\u0323" * 400 + " chữ có nhiều dấu chồng",
    "hidden": "trái\u202e phải \u2066ẩn\u2069 \u200bgiấu\u200b\ufeff \u0000không",
    "other scripts": "עברית العربية 中文 😀 chữ nhiều nước",
    "long word": "x" * 1900,
    "numbers": "%s %d %(x)s {0} \\u0041 \\x00 =HYPERLINK(1)",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_inert_wherever_the_public_or_the_sender_sees_it(client: Client, kind: str):
    text = HOSTILE[kind]
    article = make_article()
    plain = client.get(f"/y-kien/{article.pk}/").content.decode()
    response = send(client, article, body=text, name=f"A {text}"[:80])
    if response.status_code == 422:  # the name's hidden characters went, and what was left is too long
        assert "<script>" not in response.content.decode().replace("<script src", "")
        response = send(client, article, body=text)
    assert response.status_code == 303
    comment = Comment.objects.get()
    comment.move(Status.PUBLISHED)
    for place in (article.get_absolute_url(), f"/y-kien/{article.pk}/", comment.get_absolute_url(), comment.status_url):
        response = client.get(place)
        page = tree(response)
        markup = response.content.decode()
        assert response.status_code == 200
        shown = page.css_first(".opinion__body")
        assert " ".join(shown.text().split()) == " ".join(comment.body.split())
        assert {node.tag for node in shown.css("*")} <= {"p", "br"}  # words and line breaks, no element, no link
        assert "<script>" not in markup
        assert "onerror" not in {name for node in page.css("*") for name in node.attributes}
        assert not any(char in markup for char in "\u202e\u2066\u200b\ufeff\x00")
        assert "style=" not in markup
    assert len(page.css("script")) <= len(LexborHTMLParser(plain).css("script"))


def test_counter_and_rows_agree(client: Client):
    article = make_article()
    for status in Status.values:
        make_comment(article, status=status)
    assert (
        OpinionCount.objects.get(article=article).published
        == Comment.objects.of_article(article.pk).published().count()
        == 1
    )


@pytest.mark.parametrize("path", ["/y-kien/{0}/", "/y-kien/{1}/"])
def test_pages_of_opinions_can_be_kept_by_any_cache(client: Client, path: str):
    comment = make_comment(status=Status.PUBLISHED)
    response = client.get(path.format(comment.article_id, comment.code))
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()
