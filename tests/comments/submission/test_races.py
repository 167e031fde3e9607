"""Several processes submit opinions to one database at the same moment."""

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import pytest
from captcha.models import CaptchaStore
from django.conf import settings
from django.db import connection
from django.test import Client

from comments.models import Comment, RateCount
from tests.comments.submission.opinion_form import address, captcha_for, opinion
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

FAR = 10**9  # seconds: a window that does not end while the test runs
SECONDS = 120


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    account = quote(database["USER"], safe="") + (
        f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    )
    server = (
        f"/{database['HOST']}" if database["HOST"].startswith("/") else f"{database['HOST']}:{database['PORT'] or 5432}"
    )
    return f"postgresql://{account}@{server}/{database['NAME']}"


def race(tasks: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Runs each task in a process of its own, all at once; returns the (status, location) of each response."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "TESTING": "1",
    }
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.comments.submission.racer"],
            cwd=settings.BASE_DIR,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _task in tasks
    ]
    try:
        for racer, task in zip(racers, tasks, strict=True):
            tell(racer, json.dumps(task))
        assert [racer.stdout.readline() for racer in racers if racer.stdout] == ["ready\n"] * len(racers)
        for racer in racers:
            tell(racer, "go")
        return [tuple(json.loads(racer.communicate(timeout=SECONDS)[0])) for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()


def tell(racer: "subprocess.Popen[str]", line: str) -> None:
    assert racer.stdin
    racer.stdin.write(f"{line}\n")
    racer.stdin.flush()


def test_eight_processes_with_one_ticket_make_one_opinion(client: Client):
    article = make_article()
    code = captcha_for(client, article)
    answers = race([{"path": address(article), "data": opinion(**code)}] * 8)
    comment = Comment.objects.get()
    assert answers == [(303, f"{comment.status_url}?da-gui=1")] * 8
    assert not CaptchaStore.objects.exists()
    assert set(RateCount.objects.exclude(key__contains="captcha").values_list("count", flat=True)) == {1}


def test_eight_different_opinions_with_one_code_make_one_opinion(client: Client):
    article = make_article()
    code = captcha_for(client, article)
    answers = race(
        [{"path": address(article), "data": opinion(body=f"Ý kiến riêng số {number}", **code)} for number in range(8)]
    )
    assert sorted(status for status, _location in answers) == [303] + [422] * 7
    assert Comment.objects.count() == 1


def test_twelve_processes_against_a_limit_of_five_leave_exactly_five(client: Client):
    article = make_article()
    limits = {"client_limit": [5, FAR]}
    tasks = [
        {
            "path": address(article),
            "settings": limits,
            "data": opinion(body=f"Ý kiến riêng số {number}", **captcha_for(client, article)),
        }
        for number in range(12)
    ]
    answers = race(tasks)
    assert sorted(status for status, _location in answers) == [303] * 5 + [429] * 7
    assert Comment.objects.count() == 5
    assert RateCount.objects.get(key__startswith="client_limit:").count == 5
