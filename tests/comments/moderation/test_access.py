"""Every address of the moderators' pages, with every role."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string

from comments.models import BlockedTerm, Comment, OfficialReply
from tests.comments.moderation.moderator_client import MODERATOR, logged_in
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db

ROLES = ("stranger", "staff", "Phóng viên", "Biên tập viên", MODERATOR, "Quản trị", "superuser")
LOGIN = 302
MODERATORS = (LOGIN, 403, 403, 403, 200, 200, 200)
OWNERS = (LOGIN, 403, 403, 403, 403, 200, 200)
NOBODY = (LOGIN, 403, 403, 403, 403, 403, 403)
BY_POST_ONLY = (LOGIN, 403, 403, 403, 405, 405, 405)
GET: dict[str, tuple[int, ...]] = {
    "/admin/comments/comment/": MODERATORS,
    "/admin/comments/comment/add/": NOBODY,
    "/admin/comments/comment/{comment}/change/": MODERATORS,
    "/admin/comments/comment/{comment}/delete/": NOBODY,
    "/admin/comments/comment/{comment}/tra-loi/": MODERATORS,
    "/admin/comments/comment/nguoi-gui/": OWNERS,
    "/admin/comments/comment/xu-ly/": BY_POST_ONLY,
    "/admin/comments/comment/hoan-tac/": BY_POST_ONLY,
    "/admin/comments/comment/{comment}/che/": BY_POST_ONLY,
    "/admin/comments/comment/{comment}/bo-che/": BY_POST_ONLY,
    "/admin/comments/comment/{comment}/khong-can-tra-loi/": BY_POST_ONLY,
    "/admin/comments/officialreply/": MODERATORS,
    "/admin/comments/officialreply/add/": NOBODY,
    "/admin/comments/officialreply/{reply}/delete/": NOBODY,
    "/admin/comments/moderationevent/": MODERATORS,
    "/admin/comments/moderationevent/add/": NOBODY,
    "/admin/comments/moderationevent/{event}/delete/": NOBODY,
    "/admin/comments/blockedterm/": MODERATORS,
    "/admin/comments/blockedterm/add/": MODERATORS,
    "/admin/comments/blockedterm/{term}/change/": MODERATORS,
    "/admin/comments/blockedterm/{term}/delete/": OWNERS,
}
DONE = (LOGIN, 403, 403, 403, 302, 302, 302)
POST: dict[str, tuple[int, ...]] = {
    "/admin/comments/comment/xu-ly/": DONE,
    "/admin/comments/comment/hoan-tac/": DONE,
    "/admin/comments/comment/{comment}/che/": DONE,
    "/admin/comments/comment/{comment}/bo-che/": DONE,
    "/admin/comments/comment/{comment}/khong-can-tra-loi/": DONE,
    "/admin/comments/comment/{comment}/tra-loi/": MODERATORS,  # 200: the form is incomplete
    "/admin/comments/comment/nguoi-gui/": OWNERS,
    "/admin/comments/comment/{comment}/change/": NOBODY,
    "/admin/comments/comment/{comment}/delete/": NOBODY,
}


@pytest.fixture
def rows() -> dict[str, Any]:
    comment = make_comment(reply_due_on="2026-01-01")
    comment.move("spam")
    comment.move("pending")
    return {
        "comment": comment.pk,
        "event": comment.events.first().pk,
        "term": BlockedTerm.objects.create(term="cá cược").pk,
        "reply": OfficialReply.objects.create(comment=comment, agency="Sở Thử", body="Nháp.").pk,
    }


def client_as(role: str) -> Client:
    client = Client()
    if role == "superuser":
        client.force_login(User.objects.create_superuser("admin"))
    elif role == "staff":
        client.force_login(make_user())
    elif role != "stranger":
        return logged_in(role)
    return client


@pytest.mark.parametrize("column", range(len(ROLES)), ids=ROLES)
def test_each_role_opens_what_is_his(rows: dict[str, Any], column: int):
    client = client_as(ROLES[column])
    answers = {address: client.get(address.format(**rows)).status_code for address in GET}
    assert answers == {address: row[column] for address, row in GET.items()}


@pytest.mark.parametrize("column", range(len(ROLES)), ids=ROLES)
def test_each_role_presses_the_buttons_that_are_his(rows: dict[str, Any], column: int):
    client = client_as(ROLES[column])
    answers = {address: client.post(address.format(**rows), {"post": "yes"}).status_code for address in POST}
    assert answers == {address: row[column] for address, row in POST.items()}
    assert Comment.objects.get().status == "pending"


def test_every_registered_model_is_in_the_table_of_addresses():
    listed = {address.split("/")[3] for address in GET}
    assert {model._meta.model_name for model in site._registry if model._meta.app_label == "comments"} == listed


def test_one_who_may_only_look_has_no_buttons():
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    comment = make_comment()
    client = Client()
    client.force_login(user)
    page = client.get("/admin/comments/comment/").content.decode()
    assert comment.body in page
    assert 'name="action"' not in page
    assert 'name="selected"' not in page
    assert client.post("/admin/comments/comment/xu-ly/", {"action": f"publish {comment.pk}:1"}).status_code == 403


def rights(role: str) -> set[str]:
    return set(
        Group.objects.get(name=role)
        .permissions.filter(content_type__app_label="comments")
        .values_list("codename", flat=True)
    )


def test_moderators_decide_and_answer_but_see_no_addresses_and_erase_nothing():
    assert rights(MODERATOR) == {
        "view_comment",
        "moderate_comment",
        "view_moderationevent",
        "add_officialreply",
        "change_officialreply",
        "view_officialreply",
        "add_blockedterm",
        "change_blockedterm",
        "view_blockedterm",
    }
    assert rights("Quản trị") == rights(MODERATOR) | {"see_email_of_comment", "erase_comment", "delete_blockedterm"}


def test_making_the_role_again_changes_nothing():
    before = rights(MODERATOR), Group.objects.count(), Permission.objects.count()
    import_string("portal.migrations.0001_roles.make_roles")(apps, connection.schema_editor())
    assert (rights(MODERATOR), Group.objects.count(), Permission.objects.count()) == before
