"""The same words sent again. They lead to the receipt of the first sending only if it is certain who sends them."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Comment
from tests.comments.submission.opinion_form import address, captcha_for, opinion, send
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_oclock")]

JSON = {"HTTP_ACCEPT": "application/json"}


def browser() -> Client:
    """Another browser behind the same address of a network."""
    return Client(enforce_csrf_checks=True)


def form_of(client: Client, article: Any) -> dict[str, str]:
    code = captcha_for(client, article)
    return opinion(**code, csrfmiddlewaretoken=client.cookies["csrftoken"].value)


def test_button_pressed_twice_leads_to_ones_own_receipt():
    article, neighbour = make_article(), browser()
    form = form_of(neighbour, article)
    first = neighbour.post(address(article), form)
    again = neighbour.post(address(article), form)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again["Location"] == first["Location"]
    assert Comment.objects.count() == 1


def test_button_pressed_twice_on_the_way_from_wifi_to_mobile_leads_to_ones_own_receipt():
    article, walker = make_article(), browser()
    form = form_of(walker, article)
    first = walker.post(address(article), form, REMOTE_ADDR="203.0.113.5")
    again = walker.post(address(article), form, REMOTE_ADDR="198.51.100.7")
    assert again["Location"] == first["Location"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("answer", ["sai", ""])
@pytest.mark.parametrize("extra", [{}, JSON])
def test_neighbour_with_the_same_words_and_a_wrong_code_never_sees_the_first_receipt(extra: dict, answer: str):
    article, sender, neighbour = make_article(), browser(), browser()
    receipt = sender.post(address(article), form_of(sender, article))["Location"].partition("?")[0]
    response = neighbour.post(address(article), form_of(neighbour, article) | {"captcha": answer}, **extra)
    assert response.status_code == 422
    assert "Location" not in response
    assert receipt not in response.content.decode()
    assert Comment.objects.get().code not in response.content.decode()


@pytest.mark.parametrize("extra", [{}, JSON])
def test_neighbour_with_the_same_words_and_the_right_code_gets_a_receipt_of_his_own(extra: dict):
    article, sender, neighbour = make_article(), browser(), browser()
    receipt = sender.post(address(article), form_of(sender, article))["Location"]
    response = neighbour.post(address(article), form_of(neighbour, article), **extra)
    address_of_his = response.json()["address"] if extra else response["Location"]
    assert address_of_his.partition("?")[0] != receipt.partition("?")[0]
    assert Comment.objects.count() == 2


def test_wrong_code_in_a_new_form_is_a_wrong_code_also_from_the_same_browser():
    article, sender = make_article(), browser()
    sender.post(address(article), form_of(sender, article))
    assert sender.post(address(article), form_of(sender, article) | {"captcha": "sai"}).status_code == 422


@pytest.mark.parametrize("changed", [{"body": "Xin trả lời bằng văn bản cho tôi."}, {"name": "Người Khác"}])
def test_used_ticket_with_other_words_does_not_lead_to_the_receipt(changed: dict[str, str]):
    article, sender = make_article(), browser()
    form = form_of(sender, article)
    assert sender.post(address(article), form).status_code == 303
    assert sender.post(address(article), form | changed).status_code == 422
    assert Comment.objects.count() == 1


def test_same_browser_and_words_get_the_same_receipt_with_a_new_form(client: Client):
    article = make_article()
    first = send(client, article)
    again = send(client, article)
    assert (again.status_code, again["Location"]) == (303, first["Location"])
    other = send(client, article, name="Người Khác")
    assert other["Location"] != first["Location"]
    assert Comment.objects.count() == 2
