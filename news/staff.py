from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def display_name(user: User | None) -> str:
    """The full name, or else the user name; "" for None."""
    return (user.get_full_name() or user.get_username()) if user else ""


def logged_in_user(request: HttpRequest) -> User:
    """`request.user` with its type, for views that the admin site lets nobody else reach."""
    return cast(User, request.user)


def staff_with_permission(permission: str) -> Callable[[View], View]:
    """Redirects visitors to the log-in page and back; members of staff without the permission get a 403."""

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            # AdminSite.has_permission, so that these views ask for whatever the admin asks for.
            if not admin.site.has_permission(request):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate
