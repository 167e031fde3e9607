"""Robots, devices and browsers by User-Agent. Only the drainer calls this: matching an unknown agent against the list
of robots takes up to some milliseconds."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawlerdetect import CrawlerDetect

from ..models import AgentRule, DeviceViews

Device = DeviceViews.Device
Browser = DeviceViews.Browser

# Monitoring and automation programs that the list of crawlerdetect does not contain.
EXTRA_ROBOTS = re.compile(
    r"kube-probe|prometheus|googlehc|elb-healthchecker|consul|uptime|pingdom|blackbox|zabbix|nagios|healthcheck|haproxy|varnish"
    r"|headlesschrome|phantomjs|playwright|puppeteer|selenium|lighthouse|python|curl/|wget|go-http|java/|okhttp|axios|node-fetch",
    re.IGNORECASE,
)
VERSION = re.compile(r"(?<=[/ _.])\d[\d._]*")
MAX_CACHED = 50_000  # agents; about 20 MB
MAX_NEW = 2_000  # unknown agents in one batch; more are an attack that sends another agent with every request

BROWSERS = tuple(
    (re.compile(pattern), browser)
    for pattern, browser in (
        (r"Zalo", Browser.ZALO),
        (r"FBAN|FBAV|FB_IAB|\[FB", Browser.FACEBOOK),
        (r"coc_coc_browser|CocCoc", Browser.COCCOC),
        (r"Edg(?:e|A|iOS)?/", Browser.EDGE),
        (r"SamsungBrowser/", Browser.SAMSUNG),
        (r"OPR/|OPT/|Opera", Browser.OPERA),
        (r"Firefox/|FxiOS/", Browser.FIREFOX),
        (r"Chrome/|CriOS/|Chromium/", Browser.CHROME),
        (r"Safari/", Browser.SAFARI),
    )
)
TABLET = re.compile(r"iPad|Tablet|Kindle|Silk/|Android(?!.*Mobile)")
PHONE = re.compile(r"Mobile|iPhone|iPod|Android|Windows Phone")
DESKTOP = re.compile(r"Windows NT|Macintosh|X11|CrOS|Linux x86_64")


class Agent(NamedTuple):
    is_robot: bool
    device: str
    browser: str


ROBOT = Agent(True, Device.OTHER, Browser.OTHER)


class AgentClassifier:
    """Caches every agent, and its result also under the agent without version numbers, which browsers change weekly."""

    def __init__(self, rules: Sequence[AgentRule] = ()) -> None:
        self.robots = CrawlerDetect()
        self.rules = [(rule.pattern.lower(), rule.verdict == AgentRule.Verdict.ROBOT) for rule in rules]
        self.cache: dict[str, Agent] = {}
        self.new = 0

    def begin_batch(self) -> None:
        self.new = 0
        if len(self.cache) > MAX_CACHED:
            self.cache.clear()

    def __call__(self, agent: str) -> Agent:
        found = self.cache.get(agent)
        if found is None:
            found = self._by_rule(agent) or self._by_name(agent)
            if self.new <= MAX_NEW:  # otherwise the agent was not looked up and the next batch tries again
                self.cache[agent] = found
        return found

    def _by_rule(self, agent: str) -> Agent | None:
        lowered = agent.lower()
        verdict = next((is_robot for pattern, is_robot in self.rules if pattern in lowered), None)
        return None if verdict is None else to_agent(agent, verdict)

    def _by_name(self, agent: str) -> Agent:
        unversioned = VERSION.sub("0", agent)
        found = self.cache.get(unversioned)
        if found is None:
            self.new += 1
            if self.new > MAX_NEW:
                return ROBOT
            is_robot = not agent.strip() or bool(EXTRA_ROBOTS.search(agent)) or self.robots.is_crawler(agent)
            found = self.cache[unversioned] = to_agent(agent, is_robot)
        return found


def to_agent(agent: str, is_robot: bool) -> Agent:
    return ROBOT if is_robot else Agent(False, device_of(agent), browser_of(agent))


def device_of(agent: str) -> str:
    if TABLET.search(agent):
        return Device.TABLET
    if PHONE.search(agent):
        return Device.PHONE
    return Device.DESKTOP if DESKTOP.search(agent) else Device.OTHER


def browser_of(agent: str) -> str:
    return next((browser for pattern, browser in BROWSERS if pattern.search(agent)), Browser.OTHER)
