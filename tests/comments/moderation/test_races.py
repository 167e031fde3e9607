"""Four moderators decide about the same fifty opinions at once, each in a process of its own."""

import random
from collections import Counter

import pytest
from django.urls import reverse

from comments.models import Comment, ModerationEvent, OpinionCount, Status
from tests.comments.submission.test_races import race
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db(transaction=True)

OPINIONS = 50
DECISIONS = ["publish", "spam", "reject", "publish"]


@pytest.mark.parametrize("in_bulk", [False, True], ids=["one by one", "all fifty in one go"])
def test_four_moderators_decide_each_opinion_once(in_bulk: bool):
    articles = [make_article() for _number in range(3)]
    comments = [make_comment(article=articles[number % 3]) for number in range(OPINIONS)]
    tasks = []
    for number, decision in enumerate(DECISIONS):
        user = make_user(f"kiem-duyet-{number}", is_superuser=True)
        seen = [f"{comment.pk}:{comment.version}" for comment in comments]
        random.Random(number).shuffle(seen)  # noqa: S311 - each in another order
        if in_bulk:
            posts = [{"action": decision, "selected": seen, "reason": "insult"}]
        else:
            posts = [
                {"action": f"{decision} {one} insult" if decision == "reject" else f"{decision} {one}"} for one in seen
            ]
        tasks.append({"path": reverse("admin:comments_comment_decide"), "user": user.username, "posts": posts})

    assert [status for status, _location in race(tasks)] == [302] * len(DECISIONS)

    events = list(ModerationEvent.objects.values_list("comment", "to_status", "by"))
    assert len(events) == OPINIONS
    assert len({comment for comment, _status, _by in events}) == OPINIONS
    stored = list(Comment.objects.values_list("pk", "status", "decided_by", "version"))
    assert {(pk, status, by) for pk, status, by, _version in stored} == set(events)
    assert {version for *_rest, version in stored} == {2}
    published = Counter(Comment.objects.filter(status=Status.PUBLISHED).values_list("article", flat=True))
    assert {row.article_id: row.published for row in OpinionCount.objects.all() if row.published} == dict(published)
