"""Every public address of an article is requested in every unpublished state."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from news.models import Article
from tests.factories import make_article, make_category, make_event, make_source, make_tag, make_ticker_item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def unpublished_states() -> dict[str, dict]:
    now = timezone.now()
    return {
        "draft": {"status": Article.Status.DRAFT, "published_at": now - HOUR},
        "submitted": {"status": Article.Status.SUBMITTED, "published_at": now - HOUR},
        "returned": {"status": Article.Status.RETURNED, "published_at": now - HOUR},
        "withdrawn": {"status": Article.Status.WITHDRAWN, "published_at": now - HOUR},
        "scheduled": {"published_at": now + HOUR},
        "expired": {"published_at": now - 2 * HOUR, "expires_at": now - HOUR},
    }


@pytest.mark.parametrize("state", unpublished_states())
def test_no_page_shows_an_unpublished_article(client: Client, state: str):
    category, tag, event, source = make_category("Kinh tế"), make_tag("Cảng biển"), make_event("Mùa mưa"), make_source()
    public = make_article("Bài công khai", category=category, source=source, tags=(tag,), events=(event,))
    secret = make_article(
        "Bí mật chưa đăng",
        category=category,
        source=source,
        tags=(tag,),
        events=(event,),
        is_featured=True,
        pinned_until=timezone.now() + HOUR,
        **unpublished_states()[state],
    )
    make_ticker_item(article=secret)
    public.related_links.create(related=secret)
    day = timezone.localtime(secret.published_at)
    places = [
        "/",
        category.get_absolute_url(),
        tag.get_absolute_url(),
        event.get_absolute_url(),
        source.get_absolute_url(),
        "/su-kien/",
        f"/luu-tru/{day:%Y/%m/%d}/",
        "/tim-kiem/?q=bi+mat",
        public.get_absolute_url(),
    ]
    for place in places:
        response = client.get(place)
        assert response.status_code == 200, place
        assert "Bí mật chưa đăng" not in response.content.decode(), place
    assert client.get(secret.get_absolute_url()).status_code == 404
    assert client.get(f"/bai-viet/sai-{secret.pk}/").status_code == 404


def test_scheduled_article_appears_and_goes_by_itself(client: Client):
    with time_machine.travel("2026-03-01T08:00:00+07:00", tick=False) as clock:
        start = timezone.now()
        article = make_article("Tin hẹn giờ", published_at=start + HOUR, expires_at=start + 2 * HOUR)
        address = article.get_absolute_url()
        seen = []
        for moment in (
            start,
            start + HOUR - timedelta(seconds=1),
            start + HOUR,
            start + 2 * HOUR - timedelta(seconds=1),
            start + 2 * HOUR,
        ):
            clock.move_to(moment)
            seen.append(client.get(address).status_code == 200 and "Tin hẹn giờ" in client.get("/").content.decode())
        assert seen == [False, False, True, True, False]


def test_the_rule_for_one_article_agrees_with_the_query():
    now = timezone.now()
    states = [
        *unpublished_states().values(),
        {"published_at": now - HOUR},
        {"published_at": now - HOUR, "expires_at": now + HOUR},
    ]
    articles = [make_article(**fields) for fields in states]
    published = set(Article.objects.published().values_list("pk", flat=True))
    assert {article.pk for article in articles if article.is_published} == published
    assert len(published) == 2


def test_approved_article_without_an_hour_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(published_at=None)


def test_article_cannot_expire_before_it_is_published():
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(published_at=now, expires_at=now - HOUR)


def test_publishing_without_an_hour_takes_the_present_one():
    article = make_article(status=Article.Status.SUBMITTED, published_at=None)
    article.publish(by=None)
    article.refresh_from_db()
    assert article.is_published


def test_withdrawn_article_keeps_its_row():
    article = make_article("Gỡ rồi")
    article.withdraw()
    assert Article.objects.withdrawn().get().title == "Gỡ rồi"
    assert not Article.objects.published().exists()


def test_returned_article_remembers_the_reason_until_it_is_sent_again():
    article = make_article(status=Article.Status.SUBMITTED)
    article.return_to_author("Thiếu nguồn số liệu.")
    assert Article.objects.drafts().get().return_reason == "Thiếu nguồn số liệu."
    article.submit()
    assert Article.objects.awaiting_approval().get().return_reason == ""
