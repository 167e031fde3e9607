import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.factories import make_user
from tests.redis_server import RedisServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis_cache(redis: RedisServer, settings: Settings) -> RedisServer:
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": redis.url,
            "OPTIONS": configured.REDIS_OPTIONS,
        }
    }
    return redis


def test_cache_keeps_values_in_redis(redis_cache: RedisServer) -> None:
    cache.set("khoá", "giá trị")
    assert cache.get("khoá") == "giá trị"


def test_dead_redis_means_an_empty_cache_and_no_error(redis_cache: RedisServer) -> None:
    cache.set("khoá", "giá trị")
    redis_cache.kill()
    assert cache.get("khoá") is None
    cache.set("khoá", "giá trị")
    cache.delete("khoá")
    assert cache.get_or_set("khoá", "tính lại") == "tính lại"


def test_editor_stays_logged_in_when_redis_dies(redis_cache: RedisServer, client: Client) -> None:
    editor = make_user(is_superuser=True)
    client.force_login(editor)
    assert client.get(reverse("admin:index")).status_code == 200
    assert cache.has_key(f"django.contrib.sessions.cached_db{client.session.session_key}")
    assert Session.objects.count() == 1
    redis_cache.kill()
    response = client.get(reverse("admin:index"))
    assert response.status_code == 200
    assert response.wsgi_request.user == editor


def test_editor_can_log_in_while_redis_is_dead(redis_cache: RedisServer, client: Client) -> None:
    redis_cache.kill()
    editor = make_user("bien-tap", is_superuser=True)
    client.post(reverse("admin:login"), {"username": "bien-tap", "password": "mat-khau-de-thu"})
    assert client.get(reverse("admin:index")).wsgi_request.user == editor
