import pytest
from django.contrib.redirects.models import Redirect
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.utils.http import quote_etag
from pytest_django.fixtures import Settings

from stats.collect.hit_filter import HitFilter
from stats.middleware import VisitMiddleware
from stats.models import NotFoundPath
from tests.factories import make_article, make_category, make_user
from tests.stats.tracker import FIREFOX, VisitTracker, reader


def pass_through(response: HttpResponse, **headers: str) -> HttpResponse:
    """Calls the middleware around a view that returns the response."""
    request = RequestFactory(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.7", HTTP_HOST="localhost").get(
        "/trang/", **headers
    )
    return VisitMiddleware(lambda request: response)(request)


def test_page_that_was_opened_is_a_view(tracker: VisitTracker):
    reader().get("/")
    figures = tracker.drain()
    assert (figures.views, figures.visits, figures.visitors, figures.bots, figures.excluded) == (1, 1, 1, 0, 0)


def test_page_that_has_not_changed_is_a_view(tracker: VisitTracker):
    response = HttpResponse(status=304, headers={"ETag": quote_etag("a")})
    del response.headers["Content-Type"]
    pass_through(response, HTTP_ACCEPT="text/html,application/xhtml+xml,*/*;q=0.8")
    assert tracker.drain().views == 1


def test_page_that_is_streamed_is_a_view(tracker: VisitTracker):
    pass_through(StreamingHttpResponse([b"<p>", b"</p>"]))
    assert tracker.drain().views == 1


def test_unchanged_feed_is_no_view(tracker: VisitTracker):
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    pass_through(response, HTTP_ACCEPT="application/rss+xml")
    assert tracker.drain_excluded() == {"nothtml": 1}


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (204, "nothtml"),
        (206, "nothtml"),
        (301, "redirect"),
        (302, "redirect"),
        (308, "redirect"),
        (400, "error"),
        (403, "error"),
        (410, "missing"),
        (429, "error"),
        (500, "error"),
        (503, "error"),
    ],
)
def test_answer_that_is_no_page_is_excluded_by_its_status(tracker: VisitTracker, status: int, reason: str):
    pass_through(HttpResponse(status=status))
    assert tracker.drain_excluded() == {reason: 1}
    assert tracker.drain().views == 0


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/rss+xml", "image/png", "text/plain", "application/pdf"]
)
def test_file_that_is_no_page_is_excluded(tracker: VisitTracker, content_type: str):
    pass_through(HttpResponse(content_type=content_type))
    assert tracker.drain_excluded() == {"nothtml": 1}


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"HTTP_SEC_PURPOSE": "prefetch"}, "prefetch"),
        ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, "prefetch"),
        ({"HTTP_PURPOSE": "prefetch"}, "prefetch"),
        ({"HTTP_X_PURPOSE": "preview"}, "prefetch"),
        ({"HTTP_X_MOZ": "prefetch"}, "prefetch"),
        ({"HTTP_SEC_FETCH_DEST": "empty"}, "embedded"),
        ({"HTTP_SEC_FETCH_DEST": "iframe"}, "embedded"),
        ({"HTTP_SEC_FETCH_DEST": "image"}, "embedded"),
        ({"HTTP_COOKIE": "theme=dark; khong_dem=1"}, "staff"),
    ],
)
def test_page_that_nobody_reads_is_excluded_by_its_headers(tracker: VisitTracker, headers: dict[str, str], reason: str):
    pass_through(HttpResponse("<p>"), **headers)
    assert tracker.drain_excluded() == {reason: 1}


def test_page_that_a_browser_opens_says_document_and_counts(tracker: VisitTracker):
    pass_through(HttpResponse("<p>"), HTTP_SEC_FETCH_DEST="document", HTTP_SEC_FETCH_MODE="navigate")
    assert tracker.drain().views == 1


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/static/css/base.css", "static"),
        ("/media/khong-co.jpg", "static"),
        ("/admin/login/", "admin"),
        ("/admin/", "admin"),
        ("/healthz/live", "health"),
        ("/healthz/ready", "health"),
        ("/khong-co/", "missing"),
    ],
)
def test_address_that_is_not_for_readers_is_excluded(tracker: VisitTracker, path: str, reason: str):
    reader().get(path)
    assert tracker.drain_excluded() == {reason: 1}


@pytest.mark.parametrize("method", ["head", "options", "post", "put", "delete"])
def test_only_get_opens_a_page(tracker: VisitTracker, method: str):
    getattr(reader(), method)("/")
    assert tracker.drain_excluded() == {"method": 1}


def test_moved_address_is_excluded_and_what_it_leads_to_counts(tracker: VisitTracker):
    Redirect.objects.create(site_id=1, old_path="/tin-cu.html", new_path="/thong-ke/")
    reader().get("/tin-cu.html", follow=True)
    assert tracker.drain_excluded() == {"redirect": 1}
    assert tracker.drain().views == 1


def test_path_not_found_is_counted_for_people_and_robots(tracker: VisitTracker):
    reader().get("/khong-co/")
    reader().get("/khong-co/?x=1")
    reader(agent="curl/8.0").get("/khong-co/")
    reader().get("/bai%0Ala%09/")
    tracker.drain()
    found = [(row["path"], row["views"], row["bots"]) for row in NotFoundPath.objects.top()]
    assert found == [("/khong-co/", 2, 1), ("/bai la /", 1, 0)]


def test_broken_page_is_excluded(tracker: VisitTracker, settings: Settings):
    settings.ROOT_URLCONF = "tests.stats.broken_urls"
    client = reader()
    client.raise_request_exception = False
    assert client.get("/hong/").status_code == 500
    assert tracker.drain_excluded() == {"error": 1}


def test_every_request_is_a_view_a_robots_or_excluded(tracker: VisitTracker):
    article = make_article()
    paths = [
        "/",
        article.get_absolute_url(),
        "/khong-co/",
        "/static/x.css",
        "/healthz/live",
        "/admin/",
        "/tim-kiem/?q=a",
        "/thong-ke/",
    ]
    for path in paths:
        reader().get(path)
        reader(agent="Googlebot/2.1").get(path)
    figures = tracker.drain()
    assert (figures.views, figures.bots, figures.excluded) == (4, 4, 8)
    assert figures.requests == 2 * len(paths)


# ---------------------------------------------------------------- staff


def test_staff_are_not_counted_after_they_log_in(tracker: VisitTracker):
    make_user("bien-tap", is_superuser=True)
    client = reader()
    client.post("/admin/login/?next=/", {"username": "bien-tap", "password": "mat-khau-de-thu"}, follow=True)
    client.get("/")
    assert tracker.drain_excluded() == {"admin": 1, "staff": 2}
    cookie = client.cookies["khong_dem"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("1", True, "Lax", "/")


def test_staff_who_logged_in_before_the_counter_began_are_marked_at_the_admin(tracker: VisitTracker):
    client = reader()
    client.force_login(make_user(is_superuser=True))
    client.get("/admin/")
    client.get("/")
    assert tracker.drain_excluded() == {"admin": 1, "staff": 1}


def test_reader_who_finds_the_login_page_goes_on_being_counted(tracker: VisitTracker):
    client = reader()
    assert "khong_dem" not in client.get("/admin/login/").cookies
    client.post("/admin/login/", {"username": "ai", "password": "sai"})
    client.get("/")
    assert tracker.drain().views == 1


# ---------------------------------------------------------------- the answer stays as it was


def test_counting_leaves_no_trace_in_the_answer(tracker: VisitTracker, settings: Settings):
    counted = reader().get("/")
    settings.STATS_MODE = "off"
    plain = Client(HTTP_HOST="localhost").get("/")
    added = set(counted.headers) - set(plain.headers)
    assert added == set()
    assert "Vary" not in counted.headers
    assert not counted.cookies


def test_counting_asks_no_database(tracker: VisitTracker, django_assert_num_queries):
    request = RequestFactory(HTTP_USER_AGENT=FIREFOX, HTTP_HOST="localhost").get("/")
    middleware = VisitMiddleware(lambda request: HttpResponse("<p>"))
    with django_assert_num_queries(0):
        for _ in range(3):
            middleware(request)
    assert len(tracker.spool_lines()) == 3


def test_counting_that_fails_leaves_the_page_alone(tracker: VisitTracker, monkeypatch: pytest.MonkeyPatch):
    def broken(*args: object) -> None:
        raise RuntimeError("hỏng")

    monkeypatch.setattr(HitFilter, "exclusion_reason", broken)
    assert reader().get("/").status_code == 200


def test_nothing_personal_is_written(tracker: VisitTracker):
    article = make_article()
    client = reader(
        "203.0.113.77", HTTP_X_FORWARDED_FOR="198.51.100.9", HTTP_REFERER="https://tim.example/ket-qua?q=benh-la"
    )
    client.cookies["bi-mat"] = "banh-quy"
    client.get(article.get_absolute_url() + "?tu-khoa=rieng-tu")
    [line] = tracker.spool_lines()
    for secret in ("203.0.113.77", "198.51.100.9", "banh-quy", "rieng-tu", "benh-la"):
        assert secret not in line
    assert "tim.example" in line


def test_broken_header_reaches_the_spool_as_one_line(tracker: VisitTracker):
    request: WSGIRequest = RequestFactory().get(
        "/", HTTP_USER_AGENT="Mozilla/5.0\tFirefox/1\n2", HTTP_REFERER="http://a\tb/c"
    )
    request.path_info = "/a\tb\nV\t1\t\ud800"
    VisitMiddleware(lambda request: HttpResponse("<p>"))(request)
    assert len(tracker.spool_lines()) == 1
    assert tracker.drain().requests == 1


def test_feeds_sitemaps_and_robots_txt_are_no_page_views_even_unchanged(tracker: VisitTracker):
    make_article(category=make_category("Chung", slug="chung"))
    kept = [
        "/rss.xml",
        "/atom.xml",
        "/chuyen-muc/chung/rss.xml",
        "/sitemap.xml",
        "/sitemap-bai-viet-1.xml",
        "/sitemap-tin-moi.xml",
    ]
    reader().get("/robots.txt")
    for address in kept:
        mark = reader().get(address)["ETag"]
        assert reader().get(address, headers={"if-none-match": mark, "accept": "text/html, */*"}).status_code == 304
    assert tracker.drain_excluded() == {"nothtml": 2 * len(kept) + 1}
    assert tracker.drain().views == 0
