"""The live server delivers the page, its stylesheets and its scripts: every other browser test relies on it."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_page_arrives_with_everything_it_asks_for(page: Page) -> None:
    answers: dict[str, int] = {}
    complaints: list[str] = []
    page.on("response", lambda response: answers.update({response.url: response.status}))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert {url: status for url, status in answers.items() if status != 200} == {}
    assert any(url.endswith(".css") for url in answers)
    assert any(url.endswith(".js") for url in answers)
