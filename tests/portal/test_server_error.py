"""The pages for the worst moments need neither the database nor anything else that may have failed."""

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory

from portal.views import server_error


def test_error_page_needs_no_database():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Xin lỗi" in response.content.decode()


def test_database_away_is_a_503_with_a_sentence(client: Client, monkeypatch: pytest.MonkeyPatch, django_db_blocker):
    def away(self):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)
    client.raise_request_exception = False
    with django_db_blocker.unblock():
        response = client.get("/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "thử lại" in response.content.decode()
