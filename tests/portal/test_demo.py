from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from news.models import Article
from portal.demo import build, content
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_demo_refuses_a_site_with_content_of_its_own():
    make_article("Bài thật")
    with pytest.raises(CommandError, match="nội dung thật"):
        call_command("demo", stdout=StringIO())
    assert Article.objects.count() == 1


def test_demo_content_is_large_varied_and_its_own():
    articles = content.articles()
    assert len(articles) >= 120
    assert len({entry["category"] for entry in articles}) >= 8
    assert len({entry["title"] for entry in articles}) == len(articles)
    assert (articles[-1]["published"] - articles[0]["published"]).days >= 2.8 * 365
    assert sum("<table" in entry["body"] for entry in articles) >= 20
    assert sum(bool(entry.get("photo")) for entry in articles) >= 40


def test_demo_draws_no_picture_that_it_does_not_show():
    for entry in content.articles():
        for photo in entry.get("photo", [])[1:]:  # the first leads the article
            assert f'<figure data-photo="{photo["key"]}"></figure>\n' in entry["body"], photo["key"]


def test_demo_runs_twice_and_changes_nothing_the_second_time(monkeypatch: pytest.MonkeyPatch):
    few = [entry for entry in content.articles() if entry.get("photo") and entry.get("events")][:2]
    monkeypatch.setattr(content, "articles", lambda: few)
    monkeypatch.setattr(build, "PICTURE_SIZE", (120, 80))
    call_command("demo", stdout=StringIO())
    first = list(Article.objects.order_by("pk").values_list("pk", "title", "updated_at"))
    call_command("demo", stdout=StringIO())
    assert list(Article.objects.order_by("pk").values_list("pk", "title", "updated_at")) == first
    assert Article.objects.published().count() == 2
