import pytest
from django.test import Client
from playwright.sync_api import Page, Request
from pytest_django.fixtures import Settings

from stats.models import NotFoundPath, ReferrerViews
from tests.factories import make_article, make_user
from tests.stats.tracker import FIREFOX, VisitTracker, reader

pytestmark = pytest.mark.django_db
BEACON = "/thong-ke/dem"


@pytest.fixture
def beacon_tracker(tracker: VisitTracker, settings: Settings) -> VisitTracker:
    settings.STATS_MODE = "beacon"
    return tracker


def report(client: Client | None = None, **fields: str) -> None:
    response = (client or reader()).post(BEACON, {"path": "/", "referrer": "", "status": "200", **fields})
    assert response.status_code == 204
    assert response.content == b""
    assert not response.cookies


@pytest.mark.parametrize("mode", ["middleware", "beacon"])
def test_page_with_its_report_counts_once_in_either_mode(tracker: VisitTracker, settings: Settings, mode: str):
    settings.STATS_MODE = mode
    client = reader()
    client.get("/")
    report(client)
    assert tracker.drain().views == 1


def test_pages_carry_the_script_only_where_it_counts(tracker: VisitTracker, settings: Settings, client: Client):
    assert "beacon.js" not in client.get("/").content.decode()
    settings.STATS_MODE = "beacon"
    assert 'data-beacon="/thong-ke/dem" data-status="200"' in Client().get("/").content.decode()
    assert 'data-status="404"' in Client().get("/khong-co/").content.decode()


def test_report_tells_page_referrer_and_visitor(beacon_tracker: VisitTracker):
    article = make_article()
    for address in ("203.0.113.1", "203.0.113.1", "203.0.113.2"):
        report(reader(address), path=article.get_absolute_url(), referrer="https://www.google.com/")
    figures = beacon_tracker.drain()
    assert (figures.views, figures.visitors) == (3, 2)
    assert list(ReferrerViews.objects.top()) == [{"host": "google.com", "views": 3}]


def test_report_by_get_counts_like_one_by_post(beacon_tracker: VisitTracker):
    response = reader().get(BEACON, {"path": "/", "referrer": "", "status": "200"})
    assert (response.status_code, response["Cache-Control"]) == (204, "no-store")
    assert beacon_tracker.drain().views == 1


def test_report_of_a_missing_page_is_one_of_the_missing(beacon_tracker: VisitTracker):
    report(path="/khong-co/", status="404")
    assert beacon_tracker.drain_excluded() == {"missing": 1}
    assert NotFoundPath.objects.get().path == "/khong-co/"


@pytest.mark.parametrize(
    ("headers", "fields", "reason"),
    [
        ({"HTTP_COOKIE": "khong_dem=1"}, {}, "staff"),
        ({}, {"path": "/admin/"}, "admin"),
        ({}, {"path": "/static/a.css"}, "static"),
        ({}, {"path": "//la.example/"}, "error"),
        ({}, {"path": "khong-phai"}, "error"),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {}, "error"),
        ({"HTTP_ORIGIN": "https://la.example"}, {}, "error"),
        ({"HTTP_ORIGIN": "null"}, {}, "error"),
        ({"HTTP_ORIGIN": "http://[::1"}, {}, "error"),
        ({"HTTP_REFERER": "http://a[b]c/"}, {}, "error"),
        ({"HTTP_SEC_PURPOSE": "prefetch"}, {}, "prefetch"),
    ],
)
def test_report_that_is_no_view_is_excluded(
    beacon_tracker: VisitTracker, headers: dict[str, str], fields: dict[str, str], reason: str
):
    report(reader(**headers), **fields)
    assert beacon_tracker.drain_excluded() == {reason: 1}


def test_report_from_our_page_passes_whatever_the_browser_says_of_the_fetch(beacon_tracker: VisitTracker):
    report(reader(HTTP_SEC_FETCH_SITE="same-origin", HTTP_SEC_FETCH_DEST="empty", HTTP_ORIGIN="http://localhost"))
    assert beacon_tracker.drain().views == 1


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"path=" + b"a" * 50_000, b"path=%00%ed%a0%80&status=200", b"path=/%0A%0D%00\t"]
)
def test_hostile_report_is_no_error(beacon_tracker: VisitTracker, body: bytes):
    response = reader().post(BEACON, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 204
    assert beacon_tracker.drain().requests == 1


def test_other_methods_are_refused(beacon_tracker: VisitTracker):
    assert reader().put(BEACON).status_code == 405


def test_staff_are_marked_at_the_admin_in_this_mode_too(beacon_tracker: VisitTracker):
    client = reader()
    client.force_login(make_user(is_superuser=True))
    client.get("/admin/")
    assert client.cookies["khong_dem"].value == "1"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_browser_reports_each_page_once(beacon_tracker: VisitTracker, page: Page):
    article = make_article()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if BEACON in request.url else None)
    page.context.set_extra_http_headers({"User-Agent": FIREFOX})
    for path in ("/", article.get_absolute_url(), "/khong-co/"):
        with page.expect_response(lambda response: BEACON in response.url) as answered:
            page.goto(path)
        assert answered.value.status == 204
    assert len(asked) == 3
    assert beacon_tracker.drain_excluded() == {"missing": 1}
    figures = beacon_tracker.drain()
    assert (figures.views, figures.visits, figures.bots) == (2, 1, 0)
