import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comments.models import Status
from comments.privacy.exports import as_csv
from tests.comments.moderation.moderator_client import PERSON, logged_in, parsed, state
from tests.factories import make_comment

pytestmark = pytest.mark.django_db
EMAIL = "nguyen.van.kiem@vi-du.example"
BODY = "Nhà tôi ở xóm Đông Kiểm Thử, mong sớm có nước sạch."
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "  =1+1", "＝1+1", "%0A=1", "|calc"]  # noqa: RUF001


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_spreadsheet_is_a_formula(formula: str):
    [header, row] = csv.reader(StringIO(as_csv([{"Nội dung": formula}]).lstrip("\ufeff")), delimiter=";")
    assert header == ["Nội dung"]
    assert row == [f"'{formula}"]


def test_whole_file_holds_no_formula_and_everything_about_the_person():
    comment = make_comment(
        email=EMAIL, name='=HYPERLINK("http://vi-du.example")', body='+cmd";"\n=1+1\nDòng ba, "ngoặc".'
    )
    comment.move(Status.REJECTED, reason="other", note="@ghi chú")
    response = logged_in("Quản trị").post(PERSON, {"query": EMAIL, "action": "csv"})
    assert response["Content-Disposition"].startswith('attachment; filename="y-kien-')
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert [row["Mã tiếp nhận"] for row in rows] == [comment.code]
    assert rows[0]["Nội dung"] == f"'{comment.body}"
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for cell in rows[0].values())
    assert comment.events.filter(action="export").count() == 1


def test_vietnamese_excel_splits_the_columns_of_the_file():
    make_comment(email=EMAIL, body="Một; hai, ba.")
    text = logged_in("Quản trị").post(PERSON, {"query": EMAIL, "action": "csv"}).content.decode()
    assert text.startswith('\ufeff"Mã tiếp nhận";"Bài viết";"Họ và tên";"E-mail";"Nội dung";')
    assert ';"Một; hai, ba.";' in text


def test_json_gives_the_words_untouched():
    comment = make_comment(email=EMAIL, body="=1+1 là công thức, “đúng không”?")
    response = logged_in("Quản trị").post(PERSON, {"query": comment.code, "action": "json"})
    assert json.loads(response.content)[0]["Nội dung"] == comment.body
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_person_is_found_by_address_in_any_case_or_by_code():
    owner = logged_in("Quản trị")
    first, second = make_comment(email=EMAIL), make_comment(email=EMAIL)
    lone, _stranger = make_comment(), make_comment()

    def found(sought: str) -> set[str]:
        return {item.text() for item in parsed(owner.post(PERSON, {"query": sought})).css(".person-data__list strong")}

    assert found(EMAIL.upper()) == found(f" {first.code.lower()} ") == {first.code, second.code}
    assert found(lone.code) == {lone.code}
    assert found("@") == found("GY-XXXXXX") == found("\x00") == found("%") == set()


def test_address_of_a_person_stands_in_no_address_of_a_page():
    page = logged_in("Quản trị").get(PERSON, {"query": EMAIL})
    assert EMAIL not in page.content.decode()
    assert [form.attributes["method"] for form in parsed(page).css("#content-main form")] == ["post"]


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
