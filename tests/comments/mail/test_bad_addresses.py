"""Addresses to which nothing can be sent: refused by the forms, and no hindrance to other mails where they came in
some other way."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.management.commands.opinion_notifications import Command
from comments.models import Comment, Notice, Status
from comments.submission.forms import OpinionForm
from news.models import SiteIdentity
from tests.comments.submission.opinion_form import address, captcha_for, opinion, tree
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db
UNDELIVERABLE = [
    "a@" + "ü" * 63 + ".vn",  # the domain has more than 63 characters in ASCII
    "a@" + ".".join(["ü" * 34] * 7) + ".vn",  # 254 characters in all are exceeded
    "a@x，y.vn",  # noqa: RUF001 - a full-width comma becomes a plain one
    "a@x＠y.vn",  # noqa: RUF001
    "a@x＞.vn",  # noqa: RUF001
    "a@．vn",  # noqa: RUF001
    "a@℀.vn",
]
DELIVERABLE = ["ten@vi-du.vn", "TEN@VI-DU.VN", "ten@thử-nghiệm.vn", "o'neil+tin@vi-du.vn", "ten@[192.0.2.1]"]


def run() -> tuple[list[str], str]:
    """Addresses that got a mail, and what the command complains of."""
    mail.outbox.clear()
    errors = StringIO()
    call_command("opinion_notifications", stdout=StringIO(), stderr=errors)
    return [message.to[0] for message in mail.outbox], errors.getvalue()


@pytest.mark.parametrize("email", UNDELIVERABLE)
def test_form_tells_the_sender_and_keeps_the_address_as_typed(client: Client, email: str):
    article = make_article()
    response = client.post(address(article), opinion(email=email, wants_mail="on", **captcha_for(client, article)))
    assert response.status_code == 422
    field = tree(response).css_first("[name=email]")
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["value"] == email
    assert not Comment.objects.exists()


@pytest.mark.parametrize("email", DELIVERABLE)
def test_ordinary_and_vietnamese_addresses_are_taken(email: str):
    form = OpinionForm(opinion(email=email))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["email"] == email.lower()


def test_letter_that_grows_in_lower_case_is_measured_in_lower_case():
    form = OpinionForm(opinion(email="a@" + ".".join(["İ" * 40] * 5) + ".vn"))
    assert list(form.errors) == ["email"]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_every_address_that_the_form_takes_can_be_sent(domain: str):
    form = OpinionForm(opinion(email=f"a@{domain}.vn"))
    if form.is_valid() and form.cleaned_data["email"]:
        message = mail.EmailMessage("Thử", "Thử", to=[form.cleaned_data["email"]])
        assert message.message().as_bytes()
        assert form.cleaned_data["email"].rpartition("@")[2].encode("idna")


@pytest.mark.parametrize("email", UNDELIVERABLE)
def test_models_and_accounts_refuse_the_address_too(email: str):
    with pytest.raises(ValidationError) as refused:
        Comment(article=make_article(), name="Thử", body="Nội dung ý kiến.", email=email).full_clean()
    assert "email" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        SiteIdentity(email=email).full_clean()
    assert "email" in refused.value.message_dict
    admin = Client()
    admin.force_login(make_user(role="Quản trị", is_superuser=True))
    fields = {"username": "moi", "first_name": "Mới", "email": email, "password1": "x", "password2": "x"}
    assert "email" in admin.post("/admin/auth/user/add/", fields).context["adminform"].errors


@pytest.mark.parametrize("email", [UNDELIVERABLE[0], UNDELIVERABLE[5]])
def test_one_bad_address_keeps_no_other_mail(email: str):
    make_user(role="Kiểm duyệt ý kiến", email="duyet@vi-du.example")
    make_comment(status=Status.PUBLISHED, reply_due_on="2020-01-02")
    poisoned = make_comment(email=email, wants_mail=True)
    make_comment(email="dan@vi-du.example", wants_mail=True)
    sent, complaint = run()
    assert sent == ["dan@vi-du.example", "duyet@vi-du.example", "duyet@vi-du.example"]
    assert complaint == "Không gửi được 1 thư; lần chạy sau sẽ gửi lại.\n"
    assert not Notice.objects.filter(comment=poisoned).exists()
    Comment.objects.filter(pk=poisoned.pk).update(email="sua@vi-du.example")
    assert run() == (["sua@vi-du.example"], "")


def test_decision_that_cannot_be_told_keeps_no_other_decision():
    now = timezone.now()
    told = {"wants_mail": True, "mail_confirmed_at": now, "decided_at": now - timedelta(minutes=2)}
    make_comment(status=Status.PUBLISHED, email=UNDELIVERABLE[0], **told)
    make_comment(status="rejected", reason="khong-ro", email="mot@vi-du.example", **told)
    make_comment(status=Status.REJECTED, email="hai@vi-du.example", **told)
    sent, complaint = run()
    assert sent == ["hai@vi-du.example"]
    assert complaint == "Không gửi được 2 thư; lần chạy sau sẽ gửi lại.\n"
    assert Notice.objects.get().comment.email == "hai@vi-du.example"


def test_bad_address_of_a_moderator_keeps_no_other_moderator_uninformed():
    for email in (UNDELIVERABLE[0], "duyet@vi-du.example"):
        make_user(role="Kiểm duyệt ý kiến", email=email)
    make_comment()
    assert run()[0] == ["duyet@vi-du.example"]


def test_refused_letter_is_tried_six_times_a_day():
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        make_comment(email=UNDELIVERABLE[0], wants_mail=True)
        assert [bool(run()[1]) for _number in range(8)] == [True] * 6 + [False] * 2
        clock.shift(timedelta(days=1))
        assert run()[1]


def test_letter_about_an_old_decision_is_given_up():
    long_ago = timezone.now() - timedelta(days=15)
    make_comment(
        status=Status.PUBLISHED,
        email=UNDELIVERABLE[0],
        wants_mail=True,
        mail_confirmed_at=long_ago,
        decided_at=long_ago,
    )
    assert run() == ([], "")


@pytest.mark.django_db(transaction=True)  # the command closes the connection
def test_timer_sees_by_the_exit_code_that_a_mail_failed():
    make_comment(email=UNDELIVERABLE[0], wants_mail=True)
    command = Command(stdout=StringIO(), stderr=StringIO())
    assert isinstance(command.stdout, OutputWrapper)
    with pytest.raises(SystemExit) as end:
        command.run_from_argv(["manage.py", "opinion_notifications"])
    assert end.value.code == 1
