import pytest

from stats.ingest.user_agents import MAX_NEW, AgentClassifier
from stats.models import AgentRule
from tests.stats.tracker import CHROME, FIREFOX, GOOGLEBOT, IPHONE, VisitTracker, reader

PEOPLE = {
    CHROME: ("desktop", "chrome"),
    FIREFOX: ("desktop", "firefox"),
    IPHONE: ("phone", "safari"),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "coc_coc_browser/118.0.182 Chrome/112.0.5615.182 Safari/537.36"
    ): ("desktop", "coccoc"),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0"
    ): ("desktop", "edge"),
    (
        "Mozilla/5.0 (Linux; Android 13; SM-A536E) AppleWebKit/537.36 (KHTML, like Gecko) "
        "SamsungBrowser/24.0 Chrome/117.0.0.0 Mobile Safari/537.36"
    ): ("phone", "samsung"),
    (
        "Mozilla/5.0 (Linux; Android 12; CPH2127 Build/RKQ1.211119.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/123.0.6312.40 Mobile Safari/537.36 Zalo android/12110490 "
        "ZaloTheme/light ZaloLanguage/vi"
    ): ("phone", "zalo"),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Mobile/15E148 "
        "[FBAN/FBIOS;FBAV/460.0.0.30.109;FBBV/586345564;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.4;FBSS/3;FBLC/vi_VN]"
    ): ("phone", "facebook"),
    (
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/16.6 Mobile/15E148 Safari/604.1"
    ): ("tablet", "safari"),
    (
        "Mozilla/5.0 (Linux; Android 11; SM-T505) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
    ): ("tablet", "chrome"),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        "Version/17.4 Safari/605.1.15"
    ): ("desktop", "safari"),
    (
        "Mozilla/5.0 (Linux; U; Android 10; vi-VN; RMX1911) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/100.0 Mobile Safari/537.36 OPR/70.0"
    ): ("phone", "opera"),
}
ROBOTS = [
    "",
    "   ",
    GOOGLEBOT,
    (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; "
        "compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0 Safari/537.36"
    ),
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "ZaloBot/1.0",
    "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
    "kube-probe/1.29",
    "Prometheus/2.51.0",
    "GoogleHC/1.0",
    "ELB-HealthChecker/2.0",
    "curl/8.5.0",
    "python-requests/2.31.0",
    "Go-http-client/2.0",
    "Wget/1.21",
    "GPTBot/1.2",
    "ClaudeBot/1.0",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Scrapy/2.11",
    "axios/1.6.8",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36",
]


@pytest.mark.parametrize(("agent", "expected"), PEOPLE.items())
def test_browsers_of_people_are_known(agent: str, expected: tuple[str, str]):
    found = AgentClassifier()(agent)
    assert (found.is_robot, found.device, found.browser) == (False, *expected)


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_and_watchmen_are_known(agent: str):
    assert AgentClassifier()(agent).is_robot


def test_versions_of_one_browser_are_looked_up_once():
    classify = AgentClassifier()
    for version in range(500):
        assert not classify(CHROME.replace("126", str(100 + version))).is_robot
    assert classify.new == 1


def test_invented_agents_are_robots_once_there_are_too_many():
    """Otherwise a client that sends a new agent with each request would keep the drainer busy."""
    classify = AgentClassifier()
    # 2,000 look-ups would take too long.
    classify.robots.is_crawler = lambda agent: False  # type: ignore[method-assign]
    invented = [f"Mozilla {'x' * (number % 50)}{'y' * (number // 50)}" for number in range(MAX_NEW)]
    verdicts = [classify(agent).is_robot for agent in [*invented, FIREFOX, IPHONE]]
    assert verdicts == [False] * MAX_NEW + [True] * 2
    classify.begin_batch()
    assert not classify(FIREFOX).is_robot  # the result for a skipped agent is not cached


@pytest.mark.django_db
def test_sites_own_rules_count_for_more_than_the_list(tracker: VisitTracker):
    reader(agent="curl/8 Noi-Bo").get("/thong-ke/")
    assert tracker.drain().bots == 1
    AgentRule.objects.create(pattern="noi-bo", verdict=AgentRule.Verdict.PERSON)
    AgentRule.objects.create(pattern="Firefox/128", verdict=AgentRule.Verdict.ROBOT)
    reader(agent="curl/8 Noi-Bo").get("/thong-ke/")
    reader().get("/thong-ke/")
    reader(agent=FIREFOX.replace("128", "127")).get("/thong-ke/")
    figures = tracker.drain()
    assert (figures.views, figures.bots) == (2, 2)


@pytest.mark.django_db
def test_changed_rule_holds_from_the_next_round(tracker: VisitTracker):
    rule = AgentRule.objects.create(pattern="firefox", verdict=AgentRule.Verdict.ROBOT)
    reader().get("/thong-ke/")
    assert tracker.drain().bots == 1
    rule.delete()
    reader().get("/thong-ke/")
    assert tracker.drain().views == 1
