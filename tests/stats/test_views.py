from datetime import date

import pytest
from django.test import Client

from stats.models import OpeningTotal
from tests.stats.tracker import VisitTracker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]


def test_words_are_explained_to_everybody(tracker: VisitTracker, client: Client):
    OpeningTotal.objects.record(312_343_234, day=date(2026, 10, 31))
    markup = client.get("/thong-ke/").content.decode()
    for word in (
        "Lượt xem trang",
        "Lượt truy cập",
        "Khách trong ngày",
        "Đang trực tuyến",
        "30 phút",
        "48 giờ",
        "312.343.234",
        "31/10/2026",
    ):
        assert word in markup, word


def test_explanation_needs_no_opening_total(tracker: VisitTracker, client: Client):
    assert "cổng đếm được từ trước đến nay" in client.get("/thong-ke/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_explanation_is_only_read(client: Client, method: str):
    assert getattr(client, method)("/thong-ke/").status_code == 405
