import re
from datetime import date, datetime
from html import unescape

from django.test import Client

from tests.factories import make_user

NOW = datetime.fromisoformat("2026-11-23T12:30:00+07:00")
TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
PAGES = [
    "/admin/thong-ke/",
    "/admin/thong-ke/luc-nay/",
    "/admin/thong-ke/xuat/bai-viet.csv",
    "/admin/thong-ke/xuat/bai-viet.xlsx",
    "/admin/thong-ke/xuat/tat-ca.xlsx",
    "/admin/thong-ke/xuat/tat-ca.zip",
    "/admin/bao-cao-truy-cap/",
]


def login(role: str = "", **fields) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(make_user(role=role, **fields))
    return client


def text_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def get_page(client: Client, query: str = "", page: str = "/admin/thong-ke/") -> str:
    return client.get(f"{page}{query}").content.decode()


def card_text(markup: str, word: str) -> str:
    return text_of(re.search(rf'<li class="card card--{word}">(.*?)</li>', markup, re.DOTALL)[1])


def table_rows(markup: str, key: str) -> list[list[str]]:
    """The texts of the cells in a table's body."""
    table = markup[markup.index(f'id="bang-{key}"') :]
    body = re.search(r"<tbody>(.*?)</tbody>", table, re.DOTALL)[1]
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]
