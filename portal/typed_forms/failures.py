"""What is answered when a form cannot be taken: its token is outdated, or Django cannot read it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .keys import FormKey, is_typed
from .offer import Offer, label_of, offer_back
from .oversized import readable_part


def came_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form. What another site has sent must not be offered to be sent again."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def is_upload(request: HttpRequest) -> bool:
    """Whether the editor's script uploads a picture: it understands JSON only."""
    try:
        return request.path == reverse("ckeditor_upload")
    except NoReverseMatch:
        return False


def upload_refused(message: str, status: int = 200) -> HttpResponse:
    """In the format of news/photo_library/views.py; CKEditor shows the message of a refused file only with 200."""
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


# ---------------------------------------------------------------- outdated token


def answer_outdated(request: HttpRequest) -> HttpResponse | None:
    """None: nothing was typed, or it may not be shown."""
    if is_upload(request):
        return upload_refused(_("Trang đã mở quá lâu. Hãy lưu bài rồi tải ảnh lên lần nữa."), status=403)
    key = FormKey.sent_in(request.POST)
    is_of_another = key and request.user.is_authenticated and not key.belongs_to(request.user.pk)
    is_log_in = "password" in request.POST and request.user.is_anonymous
    if is_of_another or is_log_in or not came_from_here(request) or not any(map(is_typed, request.POST)):
        return None
    return offer_back(
        request,
        Offer(
            title=_("Chưa gửi được, nhưng những gì bạn gõ vẫn còn"),
            text=_(
                "Trang đã mở quá lâu, hoặc bạn đã đăng nhập lại ở một cửa sổ khác. Đừng tải lại trang cũ: hãy bấm nút "
                "bên dưới. Nếu vẫn gặp trang này, hãy cho phép trình duyệt nhận cookie của cổng."
            ),
            status=403,
        ),
    )


# ---------------------------------------------------------------- too large to be read


def answer_unreadable(request: HttpRequest, exception: Exception | None) -> HttpResponse | None:
    """None: the form was not the fault."""
    told = what_is_wrong(exception)
    if told is None:
        return upload_refused(_("Máy chủ không đọc được tệp này.")) if is_upload(request) else None
    message, status = told
    if is_upload(request):
        return upload_refused(message)
    data, files = readable_part(request) if came_from_here(request) else (QueryDict(), [])
    return offer_back(
        request,
        Offer(
            title=_("Chưa lưu: biểu mẫu không đọc được hết"),
            text=message,
            status=status,
            data=data,
            files=files,
            may_send_again=False,  # what was cut must not be saved unread
            details=longest_field(request, data) if isinstance(exception, RequestDataTooBig) else [],
        ),
    )


def what_is_wrong(exception: Exception | None) -> tuple[str, int] | None:
    if isinstance(exception, RequestDataTooBig):
        size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
        return _("Chữ trong biểu mẫu lớn quá %(size)d MB (không kể tệp). Hãy rút ngắn hoặc chia ra rồi lưu.") % {
            "size": size
        }, 413
    if isinstance(exception, TooManyFieldsSent):
        fields = number_format(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
        return _("Biểu mẫu có quá nhiều ô (hơn %(limit)s). Hãy bớt đi rồi lưu.") % {"limit": fields}, 413
    if isinstance(exception, TooManyFilesSent):
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _("Mỗi lần gửi không quá %(limit)d tệp. Hãy gửi làm nhiều lần.") % {"limit": limit}, 413
    if isinstance(exception, MultiPartParserError):
        return _("Tên tệp dài quá, hoặc dữ liệu gửi lên bị đứt quãng. Hãy đặt tên tệp ngắn lại rồi gửi lại."), 400
    return None


def longest_field(request: HttpRequest, data: QueryDict) -> list[str]:
    lengths = [(len(value), name) for name, values in data.lists() if is_typed(name) for value in values]
    if not lengths:
        return []
    length, name = max(lengths)
    told = _("Dài nhất là ô “%(field)s”: giữ lại được %(length)s ký tự, phần sau đã bị cắt nếu còn.")
    return [told % {"field": label_of(request, name), "length": number_format(length)}]
