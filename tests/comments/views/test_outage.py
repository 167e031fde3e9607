"""The response while the database is unavailable, from a process whose DATABASE_URL leads nowhere."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from comments.submission.forms import OpinionForm
from tests.comments.submission.opinion_form import opinion


def answer_of(database: str, path: str, **headers: str) -> dict:
    program = (
        "import django, json, sys; django.setup()\n"
        "from django.test import Client\n"
        "task = json.load(sys.stdin)\n"
        "response = Client(SERVER_NAME='localhost').post(task['path'], task['data'], **task['headers'])\n"
        "retry = response.get('Retry-After')\n"
        "print(json.dumps({'status': response.status_code, 'retry': retry, 'page': response.content.decode()}))"
    )
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "portal.settings", "TESTING": "1"}
    task = json.dumps({"path": path, "data": opinion(email="toi@vi-du.example"), "headers": headers})
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=task,
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(params=["sqlite", "postgresql"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return (
        f"sqlite:///{tmp_path}/khong-co/db.sqlite3"
        if request.param == "sqlite"
        else f"postgresql://ai@/{tmp_path}/khong_co"
    )


def test_opinion_comes_back_with_a_button_to_send_it_again(away: str):
    answer = answer_of(away, "/y-kien/1/")
    assert (answer["status"], answer["retry"]) == (503, "30")
    for word in ("Nguyễn Thị Thử", "toi@vi-du.example", "Đề nghị mở thêm quầy tiếp dân vào sáng thứ Bảy.", "Gửi lại"):
        assert word in answer["page"], word


def test_script_is_told_in_a_sentence(away: str):
    for path in ("/y-kien/1/", "/y-kien/1/ma/"):
        answer = answer_of(away, path, HTTP_ACCEPT="application/json")
        assert answer["status"] == 503
        assert "xin gửi lại" in json.loads(answer["page"])["message"]


def test_names_of_the_fields_are_those_of_the_form():
    assert set(opinion(email="")) - {"action"} <= set(OpinionForm.base_fields)
