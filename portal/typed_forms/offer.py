"""A page that gives back what was typed into a form that could not be saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.text import capfirst

from news.text.html import UnacceptableHTML, refuse_costly, to_text

from .keys import FIELD, REFILL, FormKey, is_typed

SHOWN_LENGTH = 20  # characters; shorter values, such as numbers and dates, are sent again but not shown to be read
CONTROLS = ("_popup", "_to_field")  # Django's own fields that are neither typed nor buttons
PASSWORD = "password"  # noqa: S105 - a part of the names of fields


class TypedText(NamedTuple):
    label: str
    text: str

    @property
    def rows(self) -> int:
        return min(16, 1 + self.text.count("\n") + len(self.text) // 90)


@dataclass(frozen=True)
class Offer:
    title: str | Promise
    text: str | Promise
    status: int
    data: QueryDict | None = None  # what was typed, if it is not request.POST
    files: Sequence[str] | None = None  # names of the files that browser and server do not keep
    link: str = ""
    link_label: str | Promise = ""
    may_send_again: bool = True
    with_key: bool = True  # without, the form is sent with a new key, so that it makes something new
    details: Sequence[str | Promise] = field(default_factory=list)


def offer_back(request: HttpRequest, offer: Offer) -> HttpResponse:
    data = request.POST if offer.data is None else offer.data
    files = sent_files(request) if offer.files is None else offer.files
    is_admin_form = FormKey.sent_in(data) is not None or model_admin_of(request) is not None
    context = {
        "offer": offer,
        "lost_files": files,
        "address": request.get_full_path(),
        "hidden_fields": hidden_fields(data, offer.with_key),
        "typed_texts": typed_texts(request, data),
        "may_send_again": offer.may_send_again and not files,
        "refill": REFILL if is_admin_form else "",
    }
    response = render(request, "typed_form.html", context, status=offer.status)
    response["Cache-Control"] = "no-store, private"
    return response


def sent_files(request: HttpRequest) -> list[str]:
    return [file.name or "" for _name, files in request.FILES.lists() for file in files]


def hidden_fields(data: QueryDict, with_key: bool = True) -> list[tuple[str, str]]:
    """Names and values of everything but passwords and the token, in their order."""
    return [
        (name, value)
        for name, values in data.lists()
        if PASSWORD not in name.lower() and name not in ("csrfmiddlewaretoken", REFILL)
        if with_key or name != FIELD
        for value in values
    ]


def without_buttons(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if is_typed(name) or name in (*CONTROLS, FIELD)]


def typed_texts(request: HttpRequest, data: QueryDict) -> list[TypedText]:
    return [
        TypedText(label_of(request, name), plain(value))
        for name, value in hidden_fields(data)
        if is_typed(name) and len(value) >= SHOWN_LENGTH
    ]


def label_of(request: HttpRequest, name: str) -> str:
    """The name of the model's field, or else the name of the form's field."""
    model_admin = model_admin_of(request)
    try:
        return capfirst(str(model_admin.opts.get_field(name).verbose_name)) if model_admin else name
    except (FieldDoesNotExist, AttributeError):
        return name


def model_admin_of(request: HttpRequest) -> Any:
    """The ModelAdmin whose form stands at this address."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    is_form = (match.url_name or "").endswith(("_add", "_change"))
    return getattr(match.func, "model_admin", None) if is_form else None


def plain(value: str) -> str:
    if not value.lstrip().startswith("<"):
        return value
    try:
        refuse_costly(value)
        return to_text(value)
    except UnacceptableHTML:
        return value
