from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from news.models import Article

from ..models import Comment, OpinionCount, Status
from ..pagination import page_of, place_in
from ..receipts import hash_of
from ..sender_status import sender_state
from ..submission import limits, submit
from ..submission.forms import OpinionForm

RETRY_AFTER_OUTAGE = 30  # seconds; a restart of the database takes a few


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def keeping_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A database that is away must not swallow what was typed: the answer carries it, and a button to send it again."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            if request.method != "POST":
                raise
            response = words_back(
                request,
                HTTPStatus.SERVICE_UNAVAILABLE,
                _("Máy chủ đang bận. Nội dung của bạn vẫn còn đây, xin gửi lại sau ít phút."),
            )
            response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
            return response
        except Http404:
            if request.method != "POST":
                raise
            return words_back(
                request, HTTPStatus.NOT_FOUND, _("Bài này không còn nhận ý kiến. Bạn có thể chép lại nội dung đã viết.")
            )

    return answer


def words_back(request: HttpRequest, status: HTTPStatus, message: str) -> HttpResponse:
    """Needs no database."""
    if wants_json(request):
        return never_kept(JsonResponse({"message": message}, status=status))
    context = {
        "title": _("Chưa gửi được ý kiến"),
        "message": message,
        "form": OpinionForm(request.POST),
        "may_retry": status == HTTPStatus.SERVICE_UNAVAILABLE,
    }
    return never_kept(render(request, "comments/away.html", context, status=status))


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def article_with_opinions(pk: int) -> Article:
    articles = Article.objects.published().exclude(comment_mode=Article.CommentMode.HIDDEN).select_related("category")
    return get_object_or_404(articles.defer("body"), pk=pk)


@csrf_exempt  # the check is made at the desk, where its failure costs nobody a word
@require_http_methods(["GET", "HEAD", "POST"])
@keeping_words
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and submit.is_too_large(request):
        return too_long(request, pk)
    article = article_with_opinions(pk)
    if request.method != "POST":
        return opinions_page(request, article, None)
    answer = submit.hand_in(request, article)
    if wants_json(request):
        data = submit.json_of(answer, get_token(request))
        response: HttpResponse = JsonResponse(data, status=HTTPStatus.CREATED if answer.comment else answer.status)
    elif answer.comment:
        response = HttpResponse(
            status=HTTPStatus.SEE_OTHER, headers={"Location": f"{answer.comment.status_url}?da-gui=1"}
        )
    else:
        response = opinions_page(request, article, answer)
    if answer.retry_after:
        response["Retry-After"] = str(answer.retry_after)
    return never_kept(response)


def opinions_page(request: HttpRequest, article: Article, answer: submit.Answer | None) -> HttpResponse:
    key = place_in(request.GET.get("truoc", ""))
    context = {
        "article": article,
        "answer": answer,
        "form": answer.form if answer else OpinionForm(),
        "is_open": answer.is_open if answer else limits.is_open(article),
        "page": page_of(Comment.objects.of_article(article.pk), key),
        "count": OpinionCount.objects.filter(article=article).values_list("published", flat=True).first() or 0,
    }
    return render(request, "comments/opinions.html", context, status=answer.status if answer else HTTPStatus.OK)


def too_long(request: HttpRequest, pk: int) -> HttpResponse:
    message = submit.too_long_message()
    if wants_json(request):
        return JsonResponse({"message": message}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return never_kept(
        render(
            request,
            "comments/too_long.html",
            {"message": message, "pk": pk},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    )


@csrf_exempt  # gives the token; and changes nothing that belongs to the reader
@require_POST
@keeping_words
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """A confirmation code, a ticket and a CSRF token, for the script of the form."""
    article = article_with_opinions(pk)
    if not limits.is_open(article):
        return JsonResponse({"message": _("Bài này không còn nhận ý kiến.")}, status=HTTPStatus.FORBIDDEN)
    try:
        new, ticket = submit.new_code(request, article, request.POST.get("viec", ""))
    except limits.LimitReached as limit:
        response = JsonResponse({"message": submit.limit_message(limit)}, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(limit.retry_after)
        return never_kept(response)
    return never_kept(JsonResponse(submit.json_of_code(new, ticket, get_token(request))))


@require_safe
def opinion(request: HttpRequest, code: str) -> HttpResponse:
    """One published opinion for ever at one address."""
    found = get_object_or_404(Comment.objects.published().for_page(), code=code)
    article = article_with_opinions(found.article_id)
    return render(request, "comments/opinion.html", {"opinion": found, "article": article})


def comment_of(token: str) -> Comment:
    found = Comment.objects.filter(token_hash=hash_of(token)).select_related("article").first()
    if found is None:
        raise Http404
    return found


def private(response: HttpResponse) -> HttpResponse:
    """Nobody keeps the sender's page, and its address goes to no other site."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return never_kept(response)


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's page. Pending and suspect look the same here."""
    comment = comment_of(token)
    context = {
        "comment": comment,
        "token": token,
        "was_just_sent": "da-gui" in request.GET and comment.is_waiting,
        "reply": comment.replies.published().first() if comment.status == Status.PUBLISHED else None,
        "state": sender_state(comment),
        "may_withdraw": Status.WITHDRAWN in comment.next_statuses,
    }
    return private(render(request, "comments/receipt.html", context))


@csrf_exempt  # the secret address is the proof, and under no-referrer a browser sends no origin that Django could check
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    for _attempt in range(3):  # a moderator may decide at the same moment
        comment = comment_of(token)
        if Status.WITHDRAWN not in comment.next_statuses or comment.move(Status.WITHDRAWN):
            break
    return private(redirect("comments:receipt", token))
