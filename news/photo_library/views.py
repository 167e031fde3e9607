"""The photo library that CKEditor and the photo fields open, and the address to which CKEditor uploads."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ..listings.pagination import page_of
from ..models import Photo
from ..staff import logged_in_user, staff_with_permission
from ..text.cleaning import clean_line
from .forms import PhotoForm, PhotoUploadForm, save_upload

PER_PAGE = 24  # fills whole rows of two, three, four and six
MAX_QUERY_LENGTH = 200  # characters
CHOOSING = "chon"  # parameter of the addresses in the dialog in which an editor chooses a photo


@require_POST
@never_cache
def upload(request: HttpRequest) -> JsonResponse:
    """Takes one picture in the field `upload` and answers in the format of CKEditor's upload adapter:
    {"uploaded": 1, "fileName", "url"} or {"uploaded": 0, "error": {"message"}}.

    The status of a refused file is 200, too, because CKEditor shows the message only then.
    """
    if not admin.site.has_permission(request):
        return upload_refused(_("Phiên làm việc đã hết. Hãy đăng nhập lại rồi tải ảnh lên."), status=403)
    if not request.user.has_perm("news.add_photo"):
        return upload_refused(_("Tài khoản của bạn chưa được phép tải ảnh lên."), status=403)
    file = request.FILES.get("upload")
    if file is None:
        return upload_refused(_("Chưa có tệp nào được gửi lên."))
    try:
        photo = save_upload(file, logged_in_user(request))
    except ValidationError as error:
        return upload_refused(" ".join(error.messages))
    log(request, [photo], ADDITION)
    return JsonResponse(
        {"uploaded": 1, "fileName": photo.original_name, "url": photo.url, "width": photo.width, "height": photo.height}
    )


def upload_refused(message: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


@require_GET
@staff_with_permission("news.view_photo")
def browse(request: HttpRequest) -> HttpResponse:
    return library_page(request, PhotoUploadForm())


@require_http_methods(["GET", "POST"])
@staff_with_permission("news.add_photo")
def add(request: HttpRequest) -> HttpResponse:
    """Uploads several files. It has its own address so that the library works without JavaScript."""
    form = PhotoUploadForm(request.POST, request.FILES) if request.method == "POST" else PhotoUploadForm()
    if not form.is_valid():
        return library_page(request, form)
    photos, refused = form.save_all(logged_in_user(request))
    for sentence in refused:
        messages.error(request, sentence)
    if not photos:
        return library_page(request, form)
    log(request, photos, ADDITION)
    messages.success(request, ngettext("Đã tải lên %d ảnh.", "Đã tải lên %d ảnh.", len(photos)) % len(photos))
    if len(photos) == 1 and request.user.has_perm("news.change_photo"):
        return redirect_to(request, "photo_library_photo", photos[0].pk)
    return redirect_to(request, "ckeditor_browse")


@require_http_methods(["GET", "POST"])
@staff_with_permission("news.view_photo")
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Photo, pk=pk)
    may_change = found.may_be_changed_by(logged_in_user(request))
    form = PhotoForm(request.POST if request.method == "POST" else None, instance=found)
    chosen = False
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid():
            save_words(request, form)
            if "choose" not in request.POST:
                messages.success(request, _("Đã lưu chú thích của ảnh."))
                return redirect_to(request, "photo_library_photo", found.pk)
            chosen = True
    context = {
        "photo": found,
        "form": form,
        "may_change": may_change,
        "chosen": chosen,
        "title": _("Ảnh trong thư viện"),
    }
    return render(request, "admin/library/photo.html", page_context(request) | context)


def library_page(request: HttpRequest, form: PhotoUploadForm) -> HttpResponse:
    query = clean_line(request.GET.get("q", ""))[:MAX_QUERY_LENGTH]
    photos = Photo.objects.matching(query) if query else Photo.objects.all()
    context = {
        "page": page_of(request, photos, PER_PAGE),
        "query": query,
        "form": form,
        "may_add": request.user.has_perm("news.add_photo"),
        "title": _("Thư viện ảnh"),
    }
    return render(request, "admin/library/browse.html", page_context(request) | context)


def page_context(request: HttpRequest) -> dict[str, Any]:
    choosing = CHOOSING in request.GET
    return admin.site.each_context(request) | {
        "choosing": choosing,
        "is_popup": choosing,
        "is_nav_sidebar_enabled": False,
    }


def save_words(request: HttpRequest, form: PhotoForm) -> None:
    if form.has_changed():
        log(request, [form.save()], CHANGE)


def redirect_to(request: HttpRequest, name: str, *args: Any) -> HttpResponseRedirect:
    query = "?" + urlencode({CHOOSING: 1}) if CHOOSING in request.GET else ""
    return redirect(reverse(name, args=args) + query)


def log(request: HttpRequest, photos: list[Photo], action: int) -> None:
    LogEntry.objects.log_actions(logged_in_user(request).pk, photos, action, change_message=[])
