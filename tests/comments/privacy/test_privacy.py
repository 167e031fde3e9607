"""Retention, handing out, erasing."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from comments.models import Comment, ModerationEvent, OfficialReply, OpinionCount, RateCount, Status
from comments.privacy import exports, personal_data
from tests.comments.moderation.queue_pages import DECIDE, PERSON, logged_in, on_page, parsed, seen, state
from tests.comments.submission.opinion_form import address, code_for, opinion
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db
EMAIL = "nguyen.van.kiem@vi-du.example"
NAME = "Nguyễn Văn Kiểm"
BODY = "Nhà tôi ở xóm Đông Kiểm Thử, mong sớm có nước sạch."
ADDRESS = "203.0.113.77"


def everything_stored() -> str:
    """Every column of every table, our own and Django's, as the database has it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database itself
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def days_ago(number: float) -> Any:
    return timezone.now() - timedelta(days=number)


def sent_by_person(client: Client) -> Comment:
    article = make_article()
    data = opinion(ho_ten=NAME, noi_dung=BODY, email=EMAIL, nhan_thu="on", **code_for(client, article))
    assert client.post(address(article), data, REMOTE_ADDR=ADDRESS).status_code == 303
    return Comment.objects.get()


# ---------------------------------------------------------------- erasing


def test_after_erasing_no_table_holds_the_person(client: Client):
    comment = sent_by_person(client)
    client_hash, text_hash, repeat_key = comment.client_hash, comment.text_hash, comment.repeat_key
    moderator = logged_in("Quản trị")
    moderator.post(on_page(comment, "mask"), {"version": comment.version, "words": "xóm Đông Kiểm Thử"})
    comment.refresh_from_db()
    moderator.post(DECIDE, {"do": f"khong-dang {seen(comment)} other", f"note-{comment.pk}": f"{NAME} nên gọi điện."})
    comment.refresh_from_db()
    moderator.post(DECIDE, {"do": f"cho-duyet {seen(comment)}"})
    comment.refresh_from_db()
    comment.move(Status.PUBLISHED)
    OfficialReply.objects.create(comment=comment, agency="Sở Thử", body=f"Trả lời {NAME}: {BODY}").publish(by=None)
    call_command("opinion_letters", stdout=StringIO())
    moderator.post(PERSON, {"sought": EMAIL})
    moderator.post(PERSON, {"sought": EMAIL, "do": "csv"})
    traces = [EMAIL, NAME, BODY, "Kiểm Thử", "nguyen.van.kiem", ADDRESS, client_hash, text_hash, repeat_key]
    before = everything_stored()
    assert [trace for trace in traces if trace not in before] == [ADDRESS]  # the address itself never was there

    moderator.post(PERSON, {"sought": EMAIL, "do": "xoa", "pick": comment.pk, "sure": "1"})

    assert state(comment) == "erased"
    after = everything_stored()
    assert [trace for trace in traces if trace in after] == []
    assert list(ModerationEvent.objects.order_by("-pk").values_list("from_status", "to_status")[:2]) == [
        ("withdrawn", "erased"),
        ("published", "withdrawn"),
    ]
    assert OpinionCount.objects.get().published == 0
    assert comment.code in client.get(comment.status_url).content.decode()


@pytest.mark.parametrize("status", [status for status in Status.values if status != "erased"])
def test_erasing_works_from_every_state(status: str):
    comment = make_comment(status=status, email=EMAIL, name=NAME, body=BODY)
    other = make_comment(status=status)
    assert personal_data.erase([comment.pk]) == [comment.pk]
    assert (state(comment), comment.name, comment.body, comment.email) == ("erased", "", "", "")
    assert (state(other), bool(other.body)) == (status, True)
    assert personal_data.erase([comment.pk]) == []


def test_erasing_needs_the_tick_and_takes_only_what_was_shown():
    owner = logged_in("Quản trị")
    shown, newer, stranger = (
        make_comment(email=EMAIL),
        make_comment(email=EMAIL),
        make_comment(email="khac@vi-du.example"),
    )
    owner.post(PERSON, {"sought": EMAIL, "do": "xoa", "pick": [shown.pk]})
    assert state(shown) == "pending"
    owner.post(PERSON, {"sought": EMAIL, "do": "xoa", "sure": "1", "pick": [shown.pk, stranger.pk, "x", "9" * 30]})
    assert [state(comment) for comment in (shown, newer, stranger)] == ["erased", "pending", "pending"]


def test_person_is_found_by_address_in_any_case_or_by_code():
    owner = logged_in("Quản trị")
    first, second = make_comment(email=EMAIL), make_comment(email=EMAIL)
    lone, _stranger = make_comment(), make_comment()

    def found(sought: str) -> set[str]:
        return {item.text() for item in parsed(owner.post(PERSON, {"sought": sought})).css(".person-data__list strong")}

    assert found(EMAIL.upper()) == found(f" {first.code.lower()} ") == {first.code, second.code}
    assert found(lone.code) == {lone.code}
    assert found("@") == found("GY-XXXXXX") == found("\x00") == found("%") == set()


def test_address_of_a_person_stands_in_no_address_of_a_page():
    page = logged_in("Quản trị").get(PERSON, {"sought": EMAIL})
    assert EMAIL not in page.content.decode()
    assert [form.attributes["method"] for form in parsed(page).css("#content-main form")] == ["post"]


# ---------------------------------------------------------------- the daily command


def test_daily_command_keeps_what_is_young_and_lets_go_what_is_old():
    def pair(days: int, **fields: Any) -> tuple[Comment, Comment]:
        return make_comment(**fields, decided_at=days_ago(days - 0.5)), make_comment(
            **fields, decided_at=days_ago(days + 0.5)
        )

    for status, days in ((Status.SPAM, 15), (Status.WITHDRAWN, 15), (Status.REJECTED, 90), (Status.REMOVED, 90)):
        young, old = pair(days, status=status)
        call_command("opinion_retention", stdout=StringIO())
        assert (state(young), state(old)) == (status, "erased")
    waiting = [make_comment(status=status, created_at=days_ago(2000)) for status in (Status.PENDING, Status.SUSPECT)]
    published = make_comment(status=Status.PUBLISHED, decided_at=days_ago(2000))
    call_command("opinion_retention", stdout=StringIO())
    assert [state(comment) for comment in (*waiting, published)] == ["pending", "suspect", "published"]


def test_hash_of_an_address_goes_after_a_week():
    young = make_comment(client_hash="a" * 64, repeat_key="b" * 64, created_at=days_ago(6.9))
    old = make_comment(client_hash="a" * 64, repeat_key="c" * 64, created_at=days_ago(7.1))
    RateCount.objects.create(key="client_limit:" + "a" * 64, window_start=days_ago(7.1), count=3)
    RateCount.objects.create(key="site", window_start=days_ago(1), count=3)
    CaptchaStore.objects.create(challenge="x", response="x", expiration=days_ago(1))
    call_command("opinion_retention", stdout=StringIO())
    for comment in (young, old):
        comment.refresh_from_db()
    assert (young.client_hash, young.repeat_key) == ("a" * 64, "b" * 64)
    assert (old.client_hash, old.repeat_key) == (None, None)
    assert list(RateCount.objects.values_list("key", flat=True)) == ["site"]
    assert not CaptchaStore.objects.exists()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"replied_at": 181, "decided_at": 400}, False),
        ({"replied_at": 179, "decided_at": 400}, True),
        ({"decided_at": 181}, False),
        ({"decided_at": 179}, True),
    ],
)
def test_address_goes_half_a_year_after_the_last_reply(fields: dict[str, int], kept: bool):
    moments = {name: days_ago(days) for name, days in fields.items()}
    comment = make_comment(
        status=Status.PUBLISHED, email=EMAIL, wants_mail=True, mail_confirmed_at=days_ago(500), **moments
    )
    waiting = make_comment(email=EMAIL, created_at=days_ago(500))
    call_command("opinion_retention", stdout=StringIO())
    comment.refresh_from_db()
    waiting.refresh_from_db()
    assert (comment.email == EMAIL, comment.wants_mail, comment.mail_confirmed_at is not None) == (kept, kept, kept)
    assert (waiting.email, bool(comment.body)) == (EMAIL, True)


def test_second_run_of_the_day_finds_nothing():
    make_comment(status=Status.SPAM, decided_at=days_ago(16), client_hash="a" * 64, created_at=days_ago(20))
    first, second = StringIO(), StringIO()
    call_command("opinion_retention", stdout=first)
    call_command("opinion_retention", stdout=second)
    assert (bool(first.getvalue()), second.getvalue()) == (True, "")


# ---------------------------------------------------------------- handing out


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "  =1+1", "＝1+1", "%0A=1", "|calc"]  # noqa: RUF001


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_spreadsheet_is_a_formula(formula: str):
    [header, row] = csv.reader(StringIO(exports.as_csv([{"Nội dung": formula}]).lstrip("\ufeff")))
    assert header == ["Nội dung"]
    assert row == [f"'{formula}"]


def test_whole_file_holds_no_formula_and_everything_about_the_person():
    comment = make_comment(
        email=EMAIL, name='=HYPERLINK("http://vi-du.example")', body='+cmd";"\n=1+1\nDòng ba, "ngoặc".'
    )
    comment.move(Status.REJECTED, reason="other", note="@ghi chú")
    response = logged_in("Quản trị").post(PERSON, {"sought": EMAIL, "do": "csv"})
    assert response["Content-Disposition"].startswith('attachment; filename="y-kien-')
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff"))))
    assert [row["Mã tiếp nhận"] for row in rows] == [comment.code]
    assert rows[0]["Nội dung"] == f"'{comment.body}"
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in rows[0].values())
    assert comment.events.filter(action="export").count() == 1


def test_json_gives_the_words_untouched():
    comment = make_comment(email=EMAIL, body="=1+1 là công thức, “đúng không”?")
    response = logged_in("Quản trị").post(PERSON, {"sought": comment.code, "do": "json"})
    assert json.loads(response.content)[0]["Nội dung"] == comment.body
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_commands_show_export_and_erase_one_person(tmp_path: Path):
    mine, other = make_comment(email=EMAIL, body=BODY), make_comment(email="khac@vi-du.example")
    shown = StringIO()
    call_command("person", email=EMAIL.upper(), stdout=shown)
    assert mine.code in shown.getvalue()
    assert other.code not in shown.getvalue()
    for name in ("du-lieu.csv", "du-lieu.json"):
        call_command("person", code=mine.code, export=str(tmp_path / name), stdout=StringIO())
        assert BODY in (tmp_path / name).read_text(encoding="utf-8")
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="json"):
        call_command("person", code=mine.code, export=str(tmp_path / "x.txt"), stdout=StringIO())
    call_command("person", email=EMAIL, erase=True, stdout=StringIO())
    assert (state(mine), state(other)) == ("erased", "pending")
    with pytest.raises(CommandError, match="Không có ý kiến"):
        call_command("person", email=EMAIL, stdout=StringIO())


def test_every_text_of_an_opinion_is_either_emptied_or_known_to_be_harmless():
    """A new column must say here what erasing does with it."""
    harmless = {
        "id",
        "article",
        "code",
        "token_hash",
        "status",
        "previous_status",
        "version",
        "created_at",
        "published_at",
        "decided_at",
        "decided_by",
        "reason",
        "consent_at",
        "replied_at",
        "is_demo",
    }
    fields = {field.name for field in apps.get_model("comments", "Comment")._meta.concrete_fields}
    assert fields == harmless | set(personal_data.NOTHING)
