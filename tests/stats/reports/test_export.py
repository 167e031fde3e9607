import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from stats.reports.export import is_formula, to_csv, to_xlsx
from stats.reports.period_tables import TABLES
from stats.reports.tables import Column, Kind, Row, Table
from tests.factories import make_article, make_user
from tests.stats.factories import make_article_views, make_day, make_not_found, make_referrer

NOON = "2026-11-23T12:30:00+07:00"
TODAY = date(2026, 11, 23)
FORMULAS = [
    '=HYPERLINK("http://hai.example","Bấm")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    " =1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
]
PLAIN = [
    "Đường đến đại hội",
    "/tin-cu/1.html?a=1",
    "khác",
    "5 điều cần biết",
    "a=b",
    "“Trích”; có chấm phẩy",
    'có "ngoặc kép"',
    "'nháy'",
]


def table(*cells, kind=Kind.TEXT, title="Thử") -> Table:
    return Table("thu", title, (Column("Tên", kind), Column("Số lượt")), [Row((cell, 1)) for cell in cells])


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def first_sheet(content: bytes):
    return load_workbook(BytesIO(content)).worksheets[0]


@pytest.fixture
def client(db, time_machine) -> Client:
    time_machine.move_to(datetime.fromisoformat(NOON), tick=False)
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_user("lanh-dao", "Xem thống kê"))
    return client


# ---------------------------------------------------------------- CSV


def test_csv_begins_with_a_byte_order_mark_and_keeps_vietnamese():
    content = to_csv(table("Kỳ họp thứ 8, HĐND tỉnh"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [["Tên", "Số lượt"], ["Kỳ họp thứ 8, HĐND tỉnh", "1"]]


@pytest.mark.parametrize("text", PLAIN)
def test_csv_keeps_ordinary_words_as_they_are(text):
    assert read_csv(to_csv(table(text)))[1] == [text, "1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_never_holds_a_formula(text):
    cell = read_csv(to_csv(table(text)))[1][0]
    assert cell == f"'{text.strip()}"
    assert is_formula(text)


def test_line_ends_within_a_cell_make_no_row():
    assert read_csv(to_csv(table("một\r\n=hai")))[1:] == [["một =hai", "1"]]


def test_csv_writes_numbers_bare_and_dates_so_that_day_and_month_cannot_be_confused():
    columns = (Column("Ngày", Kind.DATE), Column("Lượt"), Column("Tỷ lệ", Kind.SHARE), Column("Tăng", Kind.CHANGE))
    rows = [Row((date(2026, 3, 11), 312_343_234, 0.1234, -0.041)), Row((None, 0, None, None))]
    lines = to_csv(Table("thu", "Thử", columns, rows)).decode("utf-8-sig").split("\r\n")
    assert lines[1:] == ['"2026-03-11";312343234;"12,3%";"-4,1%"', '"";0;"";""', ""]


# ---------------------------------------------------------------- XLSX


@pytest.mark.parametrize("text", FORMULAS)
def test_workbook_holds_a_formula_as_text_only(text):
    cell = first_sheet(to_xlsx([table(text)]))["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text.strip(), "s", True)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "1e5", "00123", "11/08/2022", "TRUE"])
def test_workbook_guesses_nothing_from_words(text):
    cell = first_sheet(to_xlsx([table(text)]))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "x" * 40_000])
def test_workbook_survives_what_no_cell_can_hold(text):
    value = first_sheet(to_xlsx([table(text)]))["A2"].value
    assert set(value) <= set("abx") and 0 < len(value) <= 32_767


def test_workbook_types_dates_and_numbers():
    columns = (
        Column("Ngày", Kind.DATE),
        Column("Lượt"),
        Column("Tỷ lệ", Kind.SHARE),
        Column("Tháng", Kind.MONTH),
        Column("Trống"),
    )
    sheet = first_sheet(
        to_xlsx([Table("thu", "Thử", columns, [Row((date(2026, 3, 11), 2**33, 0.25, date(2026, 3, 1), None))])])
    )
    found = [(cell.value, cell.number_format) for cell in sheet[2]]
    assert found == [
        (datetime(2026, 3, 11), "dd/mm/yyyy"),
        (2**33, "#,##0"),
        (0.25, "0.0%"),
        (datetime(2026, 3, 1), "mm/yyyy"),
        (None, "General"),
    ]
    assert sheet.freeze_panes == "A2"


def test_sheet_of_any_name_opens():
    book = load_workbook(
        BytesIO(
            to_xlsx(
                [
                    table("a", title="Lượt [không] tính: lý do của kỳ này"),
                    table("b", title="Lượt"),
                    table("c", title="Lượt"),
                ]
            )
        )
    )
    assert book.sheetnames == ["Lượt  không  tính  lý do của kỳ", "Lượt", "Lượt1"]


# ---------------------------------------------------------------- downloads


def test_table_is_downloaded_under_a_name_with_its_days(client):
    make_day(TODAY, visits=4534, views=9000)
    response = client.get("/admin/thong-ke/xuat/dien-bien.csv?ky=hom-nay&buoc=ngay")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="dien-bien_2026-11-23_2026-11-23.csv"'
    assert "no-store" in response["Cache-Control"]


def test_exported_days_are_those_asked_for(client):
    for day in range(1, 24):
        make_day(date(2026, 11, day), visits=day * 1000, views=day * 2000, visitors=day, bots=day, excluded=1)
    rows = read_csv(
        client.get("/admin/thong-ke/xuat/dien-bien.csv?ky=tuy-chon&tu=05/11/2026&den=06/11/2026&buoc=ngay").content
    )
    assert rows == [
        ["Ngày", "Lượt truy cập", "Lượt xem trang", "Khách, cộng theo ngày", "Lượt máy", "Lượt không tính"],
        ["2026-11-05", "5000", "10000", "5", "5", "1"],
        ["2026-11-06", "6000", "12000", "6", "6", "1"],
    ]


def test_address_that_a_stranger_worded_stays_words(client):
    make_day(TODAY, views=10)
    make_not_found(TODAY, '=HYPERLINK("http://hai.example")', views=3)
    make_referrer(TODAY, "-evil.example", 2)
    article = make_article("=1+1 là hai")
    make_article_views(article, TODAY, 5)
    assert (
        read_csv(client.get("/admin/thong-ke/xuat/khong-thay.csv").content)[1][0]
        == '\'=HYPERLINK("http://hai.example")'
    )
    assert read_csv(client.get("/admin/thong-ke/xuat/nguon.csv").content)[1][0] == "'-evil.example"
    cell = first_sheet(client.get("/admin/thong-ke/xuat/bai-viet.xlsx").content)["A2"]
    assert (cell.value, cell.data_type) == ("=1+1 là hai", "s")


def test_workbook_of_the_period_has_every_table(client):
    make_day(TODAY, visits=3, views=5)
    book = load_workbook(BytesIO(client.get("/admin/thong-ke/xuat/tat-ca.xlsx?ky=7-ngay").content))
    assert book.sheetnames == [
        "Tổng hợp",
        "Diễn biến",
        "Theo giờ trong ngày",
        "Bài được đọc nhiều",
        "Chuyên mục được đọc nhiều",
        "Người viết được đọc nhiều",
        "Bạn đọc đến từ đâu",
        "Thiết bị",
        "Trình duyệt",
        "Người đọc, máy và không tính",
        "Lượt không tính, theo lý do",
        "Địa chỉ không tìm thấy",
    ]
    assert [cell.value for cell in book["Tổng hợp"][2]][:2] == ["Lượt truy cập", 3]


def test_archive_of_the_period_has_every_table(client):
    archive = ZipFile(BytesIO(client.get("/admin/thong-ke/xuat/tat-ca.zip").content))
    assert [name[3:-4] for name in archive.namelist()] == list(TABLES)
    assert archive.testzip() is None


@pytest.mark.parametrize("address", ["khong-co.csv", "bai-viet.pdf", "bai-viet.html", "tat-ca.csv"])
def test_unknown_table_or_format_is_not_found(client, address):
    assert client.get(f"/admin/thong-ke/xuat/{address}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "ky=tuy-chon&tu=31/02/2026",
        "ky=tuy-chon",
        "ky=tuy-chon&tu=01/01/1800",
        "ky=tuy-chon&tu=23/11/2026&den=01/11/2026",
    ],
)
def test_period_that_makes_no_sense_is_refused(client, query):
    assert client.get(f"/admin/thong-ke/xuat/dien-bien.csv?{query}").status_code == 400


def test_export_asks_as_often_for_three_articles_as_for_one(client):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/thong-ke/xuat/tat-ca.xlsx")
        return len(queries)

    make_day(TODAY, views=10)
    make_article_views(make_article(), TODAY, 1)
    make_not_found(TODAY, "/mot")
    once = asked()
    for number in range(2):
        make_article_views(make_article(author=make_user()), TODAY, number)
        make_not_found(TODAY, f"/them-{number}")
    assert asked() == once + 1  # the accounts of the reporters
