"""What one person has sent: shown, handed out as a file, erased. Addresses come in by POST, so they stand in no access log."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.db.row_ids import is_row_id
from news.text.cleaning import clean_line

from ..models import Comment, CommentQuerySet, Status
from ..privacy import personal_data
from ..privacy.exports import FORMATS

if TYPE_CHECKING:
    from .comment import OpinionAdmin

LISTED = 500  # opinions of one person


@require_http_methods(["GET", "HEAD", "POST"])
def person_view(request: HttpRequest, *, desk: "OpinionAdmin") -> HttpResponse:
    sought = clean_line(request.POST.get("sought", ""))[:254]
    found = _find(sought)
    wanted = request.POST.get("do", "")
    if wanted in FORMATS and found.exists():
        return _file(request, found, wanted)
    if wanted == "xoa":
        _erase(request, found)
        found = _find(sought)
    context = {
        **desk._context(request, _("Dữ liệu của một người")),
        "sought": sought,
        "found": found.select_related("article")[:LISTED] if sought else [],
    }
    response = render(request, "admin/comments/comment/person.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _find(sought: str) -> CommentQuerySet:
    if not sought:
        return Comment.objects.none()
    rows = personal_data.of_person(email=sought) if "@" in sought else personal_data.of_person(code=sought)
    return rows.exclude(status=Status.ERASED)


def _file(request: HttpRequest, found: CommentQuerySet, wanted: str) -> HttpResponse:
    write, content_type = FORMATS[wanted]
    response = HttpResponse(write(personal_data.everything_about(found)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="y-kien-{timezone.localdate():%Y-%m-%d}.{wanted}"'
    response["Cache-Control"] = "no-store"
    personal_data.log_export(found, request.user)  # type: ignore[arg-type]
    return response


def _erase(request: HttpRequest, found: CommentQuerySet) -> None:
    """The page lists what it would erase; an opinion that has come in since then stays, and is listed next."""
    if request.POST.get("sure") != "1":
        messages.error(request, _("Chưa xóa gì. Hãy đánh dấu ô xác nhận trước."))
        return
    ticked = {int(number) for number in request.POST.getlist("pick") if is_row_id(number)}
    numbers = [number for number in found.values_list("pk", flat=True) if number in ticked]
    erased = personal_data.erase(numbers, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Đã xóa dữ liệu của %(number)d ý kiến. Không thể lấy lại.") % {"number": len(erased)})
