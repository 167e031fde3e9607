import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from portal.views import server_error


def test_error_page_needs_no_database():
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Lỗi ở phía máy chủ" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/gioi-thieu/", "/khong-co"])
def test_unavailable_database_is_a_503_with_a_sentence(path: str):
    client = Client(raise_request_exception=False)

    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        response = client.get(path)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "quay lại sau ít phút" in response.content.decode()
