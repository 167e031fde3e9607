import pytest
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from news.http.client_address import ClientAddresses
from stats.collect.visitor_hash import VisitorHasher, salted_hash
from tests.stats.tracker import CHROME, FIREFOX, VisitTracker, reader

# ---------------------------------------------------------------- whose address it is


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "expected"),
    [
        ([], "203.0.113.7", "", "203.0.113.7"),
        ([], "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (["10.0.0.5"], "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (["10.0.0.5"], "10.0.0.5", "198.51.100.1", "198.51.100.1"),
        (["10.0.0.5"], "10.0.0.5", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (["10.0.0.0/8"], "10.0.0.5", "1.2.3.4, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        (["10.0.0.5"], "10.0.0.5", "", "10.0.0.5"),
        (["10.0.0.5"], "10.0.0.5", "khong phai dia chi", "10.0.0.5"),
        (["10.0.0.5"], "10.0.0.5", "198.51.100.1, khong-phai", "10.0.0.5"),
        (["10.0.0.5"], "10.0.0.5", "198.51.100.1:51000", "198.51.100.1"),
        (["10.0.0.5"], "::ffff:10.0.0.5", "198.51.100.1", "198.51.100.1"),
        (["unix"], "", "198.51.100.1", "198.51.100.1"),
        ([], "", "198.51.100.1", ""),
        (["fd00::/8"], "fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (["fd00::/8"], "fd00::1", "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ([], "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ([], "fe80::1%eth0", "", "fe80::/64"),
        (["10.0.0.0/8"], "10.0.0.5", ",".join(["198.51.100.1"] + ["10.1.1.1"] * 5000), "10.1.1.1"),
    ],
)
def test_address_is_read_from_right_to_left_past_trusted_proxies(
    trusted: list[str], remote: str, forwarded: str, expected: str
):
    assert ClientAddresses(trusted).of(remote, forwarded) == expected


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_header_breaks_the_reading_of_addresses(remote: str, forwarded: str):
    ClientAddresses(["10.0.0.0/8", "unix"]).of(remote, forwarded)


def test_forged_forwarded_address_changes_nothing(tracker: VisitTracker):
    for number in range(20):
        reader(HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").get("/thong-ke/")
    figures = tracker.drain()
    assert (figures.views, figures.visitors) == (20, 1)


def test_forged_address_left_of_the_proxys_own_word_changes_nothing(tracker: VisitTracker, settings: Settings):
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    for number in range(5):
        reader("10.0.0.5", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}, 198.51.100.1").get("/thong-ke/")
    reader("10.0.0.5", HTTP_X_FORWARDED_FOR="198.51.100.2").get("/thong-ke/")
    assert tracker.drain().visitors == 2


def test_declared_proxy_without_a_name_fails_the_check(settings: Settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXIES = []
    assert [message.id for message in run_checks(tags=["security"])] == ["stats.E001"]
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    assert run_checks(tags=["security"]) == []


# ---------------------------------------------------------------- who is the same visitor


def test_visitor_is_an_address_a_browser_and_a_host(tracker: VisitTracker):
    for client in (reader(), reader("203.0.113.8"), reader(agent=CHROME), reader(HTTP_ACCEPT_LANGUAGE="vi")):
        client.get("/thong-ke/")
    assert tracker.drain().visitors == 3


def test_household_of_ipv6_is_one_visitor(tracker: VisitTracker):
    for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"):
        reader(address).get("/thong-ke/")
    assert tracker.drain().visitors == 2


def test_hash_changes_with_the_day_and_with_the_salt():
    keys = VisitorHasher("bí mật")
    monday, tuesday = (keys.hash(day, "203.0.113.7", FIREFOX, "tin.example") for day in (20_000, 20_001))
    assert monday != tuesday
    assert salted_hash(monday, b"a" * 32) != salted_hash(monday, b"b" * 32)
    assert VisitorHasher("khác").hash(20_000, "203.0.113.7", FIREFOX, "tin.example") != monday
    assert -(2**63) <= salted_hash(monday, b"a" * 32) < 2**63
