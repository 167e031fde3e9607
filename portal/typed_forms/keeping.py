"""A form of the admin that is sent after the session has expired: it waits in the new session until the same user has
logged in again. Only a form with a key is kept, so nobody without an account can fill the table of sessions."""

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from .keys import REFILL, FormKey
from .offer import hidden_fields, sent_files, without_buttons

SESSION_KEY = "kept_form"


def keep(request: HttpRequest) -> None:
    """At most DATA_UPLOAD_MAX_MEMORY_SIZE, and one form a session. Passwords and files are not kept."""
    key = FormKey.sent_in(request.POST)
    if key is None or request.user.is_authenticated:
        return
    request.session[SESSION_KEY] = {
        "user": key.user_id,
        "address": request.get_full_path(),
        "fields": without_buttons(hidden_fields(request.POST)),
        "files": sent_files(request),
    }
    messages.warning(
        request,
        _("Phiên làm việc đã hết, bài chưa được lưu. Hãy đăng nhập lại: những gì bạn vừa gõ được giữ và sẽ hiện ra."),
    )


def forget_form_of_others(request: HttpRequest) -> None:
    """After a log-in: what somebody else typed at this computer is dropped."""
    kept = request.session.get(SESSION_KEY)
    if kept and request.user.is_authenticated and kept["user"] != str(request.user.pk):
        del request.session[SESSION_KEY]


def refill_from_session(request: HttpRequest) -> None:
    """Turns the GET of a form into the POST that was kept for it, marked as not to be saved."""
    kept = request.session.get(SESSION_KEY)
    if request.method != "GET" or not kept or kept["address"] != request.get_full_path():
        return
    forget_form_of_others(request)
    if request.session.pop(SESSION_KEY, None) is None:
        return
    data = QueryDict(mutable=True)
    for name, value in [*kept["fields"], (REFILL, "1")]:
        data.appendlist(name, value)
    request.method, request.POST = "POST", data  # type: ignore[assignment]
    request._files = MultiValueDict()  # type: ignore[attr-defined]
    if kept["files"]:
        messages.warning(request, _("Hãy chọn lại tệp: %(names)s.") % {"names": ", ".join(kept["files"])})
