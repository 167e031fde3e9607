"""The demo's opinions: in every state, consistent with the spam rules and the moderation log."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments import conf
from comments.models import BlockedTerm, Comment, ModerationEvent, OfficialReply, OpinionCount, Status
from news.models import Article
from portal.demo import content
from portal.demo.opinions import make_opinions
from tests.comments.moderation.moderator_client import QUEUE, codes_listed, logged_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles() -> list[Article]:
    """The demo's articles that have opinions, with title and date only."""
    entries = {entry["key"]: entry for entry in content.articles()}
    wanted = {entry["article"] for entry in content.opinions()}
    assert wanted <= set(entries)
    return [
        make_article(entries[key]["title"], published_at=timezone.make_aware(entries[key]["published"]))
        for key in sorted(wanted)
    ]


def test_every_state_is_there_and_a_second_run_adds_nothing(articles: list[Article]):
    make_opinions()
    assert set(Comment.objects.values_list("status", flat=True)) == set(Status.values)
    before = [
        list(model.objects.order_by("pk").values())
        for model in (Comment, OfficialReply, ModerationEvent, OpinionCount, BlockedTerm)
    ]
    make_opinions()
    assert before == [
        list(model.objects.order_by("pk").values())
        for model in (Comment, OfficialReply, ModerationEvent, OpinionCount, BlockedTerm)
    ]


def test_states_log_and_counts_agree(articles: list[Article]):
    make_opinions()
    for comment in Comment.objects.prefetch_related("events", "replies"):
        moves = [
            (event.from_status, event.to_status) for event in comment.events.order_by("pk") if event.action == "move"
        ]
        if comment.is_waiting:
            held = comment.score >= conf.get("suspect_from")
            assert (comment.status == Status.SUSPECT, moves) == (held, [])
        else:
            assert moves[-1][1] == comment.status
            assert [new for _old, new in moves[:-1]] == [old for old, _new in moves[1:]]
        assert comment.created_at <= timezone.now()
    counted = {row.article_id: row.published for row in OpinionCount.objects.all()}
    assert sum(counted.values()) == Comment.objects.published().count()
    assert OfficialReply.objects.published().count() >= 5
    assert OfficialReply.objects.drafts().exists()


def test_moderator_finds_work_in_every_queue(articles: list[Article]):
    make_opinions()
    moderator = logged_in()
    for slug in ("cho-duyet", "nghi-rac", "qua-han", "da-dang", "khong-dang", "rac"):
        assert codes_listed(moderator.get(QUEUE, {"hang": slug}))
    page = moderator.get(QUEUE).content.decode()
    assert "×4 trùng" in page


def test_masked_number_is_hidden_from_readers(articles: list[Article], client: Client):
    make_opinions()
    comment = Comment.objects.published().exclude(redactions=[]).get()
    page = client.get(comment.get_absolute_url()).content.decode()
    assert "0912 345 678" in comment.body
    assert "0912 345 678" not in page


def test_demo_keeps_its_hands_off_opinions_of_its_own_site(articles: list[Article]):
    own = Comment.objects.create(article=articles[0], name="Người dân", body="Ý kiến có thật của người dân.")
    make_opinions()
    own.refresh_from_db()
    assert (own.status, own.version, own.is_demo) == ("pending", 1, False)


def test_demo_makes_no_opinions_without_its_articles():
    make_opinions()
    assert not Comment.objects.exists()


def test_whole_demo_command_makes_opinions_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    commented = content.opinions()[0]["article"]
    few = [entry for entry in content.articles() if entry["key"] == commented]
    events = [event for event in content.site()["event"] if event["key"] in few[0].get("events", [])]
    keys = {photo["key"] for photo in few[0].get("photo", [])} | {event["picture"] for event in events}
    pictures = [entry for entry in content.pictures() if entry["key"] in keys]
    site = {**content.site(), "event": events}
    monkeypatch.setattr(content, "site", lambda: site)
    monkeypatch.setattr(content, "articles", lambda: few)
    monkeypatch.setattr(content, "pictures", lambda: pictures)
    with (tmp_path / "out").open("w") as out:
        call_command("demo", stdout=out)
    assert Comment.objects.published().exists()
