"""The data of one person: shown, exported, erased. E-mail addresses come by POST, so that they are in no access log."""

from enum import StrEnum

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.db.row_ids import is_row_id
from news.staff import logged_in_user
from news.text.cleaning import clean_line

from ..models import Comment, CommentQuerySet, Status
from ..privacy.erasure import erase
from ..privacy.exports import FORMATS
from ..privacy.personal_data import log_export, opinions_of_person, personal_data_of
from .pages import render_page

MAX_LISTED = 500  # opinions
MAX_QUERY = 254  # characters; the longest e-mail address


class Action(StrEnum):
    """The value of the button; beside it, the keys of FORMATS export a file."""

    ERASE = "erase"


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    query = clean_line(request.POST.get("query", ""))[:MAX_QUERY]
    found = find_opinions(query)
    action = request.POST.get("action", "")
    if action in FORMATS and found.exists():
        return export_response(request, found, action)
    if action == Action.ERASE:
        erase_selected(request, found)
        found = find_opinions(query)
    context = {"query": query, "found": found.select_related("article")[:MAX_LISTED] if query else []}
    return render_page(request, "person.html", _("Dữ liệu của một người"), context)


def find_opinions(query: str) -> CommentQuerySet[Comment]:
    if not query:
        return Comment.objects.none()
    rows = opinions_of_person(email=query) if "@" in query else opinions_of_person(code=query)
    return rows.exclude(status=Status.ERASED)


def export_response(request: HttpRequest, found: CommentQuerySet[Comment], file_format: str) -> HttpResponse:
    write, content_type = FORMATS[file_format]
    response = HttpResponse(write(personal_data_of(found)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="y-kien-{timezone.localdate():%Y-%m-%d}.{file_format}"'
    response["Cache-Control"] = "no-store"
    log_export(found, logged_in_user(request))
    return response


def erase_selected(request: HttpRequest, found: CommentQuerySet[Comment]) -> None:
    """Only opinions that the page listed: one that has arrived since is not in the form, and is listed next."""
    if request.POST.get("sure") != "1":
        messages.error(request, _("Chưa xóa gì. Hãy đánh dấu ô xác nhận trước."))
        return
    selected = {int(pk) for pk in request.POST.getlist("selected") if is_row_id(pk)}
    failed: list[int] = []
    pks = [pk for pk in found.values_list("pk", flat=True) if pk in selected]
    erased = erase(pks, by=logged_in_user(request), failed=failed)
    if failed:
        messages.error(
            request,
            _("%(number)d ý kiến chưa xóa được. Hãy thử lại, hoặc nhờ người quản trị máy chủ xem nhật ký.")
            % {"number": len(failed)},
        )
    messages.success(request, _("Đã xóa dữ liệu của %(number)d ý kiến. Không thể lấy lại.") % {"number": len(erased)})
