import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from news.models import Article
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def rights(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def logged_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role=role))
    return client


def test_reporter_writes_and_no_more():
    assert rights("Phóng viên") == {
        *(f"news.{action}_article" for action in ("add", "change", "view")),
        *(f"news.{action}_photo" for action in ("add", "change", "view")),
        *(
            f"news.{action}_{part}"
            for part in ("attachment", "relatedarticle")
            for action in ("add", "change", "delete", "view")
        ),
        "news.add_tag",
        "news.view_tag",
        "news.view_category",
        "news.view_event",
        "news.view_source",
    }


def test_editor_has_all_of_the_news_but_the_site_identity_and_nothing_else():
    news = Permission.objects.filter(content_type__app_label="news").exclude(content_type__model="siteidentity")
    assert rights("Biên tập viên") == {f"news.{codename}" for codename in news.values_list("codename", flat=True)}


def test_administrator_has_rights_in_every_app():
    assert {right.partition(".")[0] for right in rights("Quản trị")} == {
        "news",
        "auth",
        "flatpages",
        "redirects",
        "comments",
        "stats",
    }
    assert rights("Biên tập viên") < rights("Quản trị")
    assert {right for right in rights("Quản trị") if right.endswith("_siteidentity")} == {
        "news.change_siteidentity",
        "news.view_siteidentity",
    }
    assert {
        "auth.add_user",
        "auth.change_group",
        "news.change_siteidentity",
        "flatpages.delete_flatpage",
        "redirects.add_redirect",
    } <= rights("Quản trị")


def test_making_the_roles_again_changes_nothing():
    before = {name: rights(name) for name in ("Phóng viên", "Biên tập viên", "Quản trị")}
    counts = Group.objects.count(), Permission.objects.count()
    import_string("portal.migrations.0001_roles.make_roles")(apps, connection.schema_editor())
    assert {name: rights(name) for name in before} == before
    assert (Group.objects.count(), Permission.objects.count()) == counts


# ---------------------------------------------------------------- no privilege escalation


def account(user: User, **changes: object) -> dict[str, object]:
    fields = {
        "username": user.username,
        "first_name": user.first_name,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
    }
    return {**fields, "groups": [group.pk for group in user.groups.all()], **changes}


def test_administrator_cannot_make_anybody_superuser():
    administrator = logged_in("Quản trị")
    user = make_user(role="Phóng viên")
    administrator.post(f"/admin/auth/user/{user.pk}/change/", account(user, is_superuser="on", first_name="Lê Thị Hoa"))
    user.refresh_from_db()
    assert (user.is_superuser, user.first_name) == (False, "Lê Thị Hoa")
    assert "is_superuser" not in administrator.get(f"/admin/auth/user/{user.pk}/change/").content.decode()


def test_administrator_cannot_make_himself_superuser():
    administrator = logged_in("Quản trị")
    user = User.objects.get()
    administrator.post(
        f"/admin/auth/user/{user.pk}/change/",
        account(user, is_superuser="on", user_permissions=[Permission.objects.first().pk]),
    )
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


@pytest.mark.parametrize("address", ["change", "delete", "password"])
def test_administrator_cannot_change_a_superuser(address):
    boss = User.objects.create_superuser("boss", password="mat-khau-cu-cua-sep")
    administrator = logged_in("Quản trị")
    url = f"/admin/auth/user/{boss.pk}/{address}/"
    new = "mat-khau-moi-hoan-toan-khac"
    response = administrator.post(url, account(boss, username="ha-be", post="yes", password1=new, password2=new))
    boss.refresh_from_db()
    assert response.status_code == 403
    assert boss.username == "boss"
    assert boss.check_password("mat-khau-cu-cua-sep")


def test_administrator_cannot_change_an_account_with_more_permissions_even_if_inactive():
    other = make_user()
    other.user_permissions.add(Permission.objects.get(codename="change_site"))
    User.objects.filter(pk=other.pk).update(is_active=False)
    assert logged_in("Quản trị").post(f"/admin/auth/user/{other.pk}/change/", account(other)).status_code == 403


def test_administrator_grants_only_groups_within_his_own_rights():
    mighty = Group.objects.create(name="Vai trò lớn hơn")
    mighty.permissions.add(Permission.objects.get(codename="delete_site"))
    administrator = logged_in("Quản trị")
    user = make_user(role="Phóng viên")
    response = administrator.post(f"/admin/auth/user/{user.pk}/change/", account(user, groups=[mighty.pk]))
    assert response.status_code == 200
    assert [group.name for group in user.groups.all()] == ["Phóng viên"]
    assert "Vai trò lớn hơn" not in administrator.get(f"/admin/auth/user/{user.pk}/change/").content.decode()


def test_administrator_cannot_grant_a_group_a_permission_that_he_lacks():
    administrator = logged_in("Quản trị")
    group = Group.objects.get(name="Phóng viên")
    before = rights("Phóng viên")
    foreign = Permission.objects.get(codename="delete_site")
    administrator.post(f"/admin/auth/group/{group.pk}/change/", {"name": group.name, "permissions": [foreign.pk]})
    assert rights("Phóng viên") == before


def test_administrator_cannot_change_a_group_with_more_permissions():
    mighty = Group.objects.create(name="Vai trò lớn hơn")
    mighty.permissions.add(Permission.objects.get(codename="delete_site"))
    administrator = logged_in("Quản trị")
    for address in ("change", "delete"):
        assert (
            administrator.post(f"/admin/auth/group/{mighty.pk}/{address}/", {"name": "x", "post": "yes"}).status_code
            == 403
        )


def test_bulk_delete_of_accounts_keeps_superusers_and_oneself():
    boss = User.objects.create_superuser("boss", password="x")
    administrator = logged_in("Quản trị")
    me = User.objects.exclude(pk=boss.pk).get()
    for user in (boss, me):
        administrator.post(
            "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
        )
    assert User.objects.count() == 2


def test_new_account_has_one_name_a_role_and_may_enter():
    password = "chuoi-dai-kho-doan-2026"
    role = Group.objects.get(name="Phóng viên")
    data = {
        "username": "hoa",
        "first_name": " Lê  Thị Hoa ",
        "email": "",
        "groups": [role.pk],
        "password1": password,
        "password2": password,
    }
    logged_in("Quản trị").post("/admin/auth/user/add/", data)
    user = User.objects.get(username="hoa")
    assert (user.first_name, user.get_full_name(), user.is_staff, user.is_superuser) == (
        "Lê Thị Hoa",
        "Lê Thị Hoa",
        True,
        False,
    )
    assert list(user.groups.all()) == [role]
    assert user.check_password(password)


def test_account_forms_have_no_last_name():
    administrator = logged_in("Quản trị")
    for address in ("/admin/auth/user/add/", f"/admin/auth/user/{User.objects.get().pk}/change/"):
        page = administrator.get(address).content.decode()
        assert "Họ và tên" in page
        assert "last_name" not in page


def test_superuser_sees_every_choice(admin_client):
    user = make_user(role="Phóng viên")
    admin_client.post(f"/admin/auth/user/{user.pk}/change/", account(user, is_superuser="on"))
    user.refresh_from_db()
    assert user.is_superuser


def test_deleted_account_leaves_its_articles():
    author = make_user(role="Phóng viên")
    article = make_article(author=author)
    logged_in("Quản trị").post(f"/admin/auth/user/{author.pk}/delete/", {"post": "yes"})
    assert Article.objects.get() == article
    assert Article.objects.get().author is None
