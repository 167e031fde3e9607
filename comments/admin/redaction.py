from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from news.staff import logged_in_user

from ..models.redaction import Redaction
from ..moderation import redaction
from .conflicts import warn_about_changed_opinion
from .pages import back_url, get_opinion_as_seen, posted_number


@require_POST
def redact(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_opinion_as_seen(request, pk)
    span = posted_span(request)
    words = request.POST.get("words", "")
    found = redaction.find_selection(comment, span["field"], span["start"], span["end"], words)
    if not redaction.may_be_redacted(comment):
        messages.error(request, _("Không che được ở trạng thái này."))
    elif not found:
        messages.error(request, _("Không thấy những chữ này trong ý kiến. Hãy chép đúng từng chữ cần che."))
    elif redaction.redact(comment, found, by=logged_in_user(request)):
        sentence = _("Đã che %(number)d chỗ trong %(code)s.")
        messages.success(request, sentence % {"number": len(found), "code": comment.code})
    else:
        warn_about_changed_opinion(request, pk)
    return HttpResponseRedirect(back_url(request))


@require_POST
def unredact(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_opinion_as_seen(request, pk)
    if redaction.unredact(comment, posted_span(request), by=logged_in_user(request)):
        messages.success(request, _("Đã bỏ che trong %(code)s.") % {"code": comment.code})
    else:
        warn_about_changed_opinion(request, pk)
    return HttpResponseRedirect(back_url(request))


def posted_span(request: HttpRequest) -> Redaction:
    return Redaction(
        field=request.POST.get("field", ""), start=posted_number(request, "start"), end=posted_number(request, "end")
    )
