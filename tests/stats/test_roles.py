import pytest
from django.contrib.auth.models import Group

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_role_is_made_by_a_migration_and_may_see_statistics_only():
    viewer = make_user(role="Xem thống kê")
    assert viewer.get_all_permissions() == {"stats.view_statistics"}


def test_administrators_may_set_the_opening_total_and_rules_for_robots():
    rights = set(
        Group.objects.get(name="Quản trị")
        .permissions.filter(content_type__app_label="stats")
        .values_list("codename", flat=True)
    )
    assert rights == {
        "view_statistics",
        "add_openingtotal",
        "view_openingtotal",
        "add_agentrule",
        "change_agentrule",
        "delete_agentrule",
        "view_agentrule",
    }
