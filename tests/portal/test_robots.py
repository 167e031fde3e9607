import pytest
from django.test import Client
from django.urls import reverse


def lines(client: Client, **headers: str) -> list[str]:
    response = client.get("/robots.txt", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return response.content.decode().splitlines()


def test_robots_may_read_all_but_the_admin_and_private_pages(client: Client):
    assert [line for line in lines(client) if not line.startswith("Sitemap:")] == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /y-kien/bien-nhan/",
        "Disallow: /y-kien/thu/",
        "",
    ]


def test_rules_are_the_addresses_of_private_pages(client: Client):
    forbidden = tuple(line.removeprefix("Disallow: ") for line in lines(client) if line.startswith("Disallow"))
    token = "a" * 32
    for name, argument in (("comments:receipt", token), ("comments:withdraw", token), ("comments:consent", token)):
        assert reverse(name, args=[argument]).startswith(forbidden), name
    for name, arguments in (("admin:index", []), ("ckeditor_upload", [])):
        assert reverse(name, args=arguments).startswith("/admin/"), name


def test_search_may_be_fetched_so_that_its_noindex_is_seen(client: Client, db: None):
    assert not [line for line in lines(client) if "tim-kiem" in line]
    assert 'content="noindex' in client.get("/tim-kiem/").content.decode()


def test_sitemaps_are_named_with_the_host_that_was_asked(client: Client):
    assert [line for line in lines(client, host="localhost") if line.startswith("Sitemap:")] == [
        "Sitemap: http://localhost/sitemap.xml",
        "Sitemap: http://localhost/sitemap-tin-moi.xml",
    ]


def test_demo_is_closed_to_robots(client: Client, settings):
    settings.DEMO = True
    assert lines(client) == ["User-agent: *", "Disallow: /"]


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405)])
def test_robots_file_is_only_read(client: Client, method: str, status: int):
    assert getattr(client, method)("/robots.txt").status_code == status
