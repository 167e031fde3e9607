from typing import Any, cast

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import SiteIdentity

KEPT = 1  # seconds, like the other fragments of templates/base.html


def site_identity(request: HttpRequest) -> dict[str, Any]:
    return {"site_identity": SimpleLazyObject(remembered_identity)}


def remembered_identity() -> SiteIdentity:
    return cast(SiteIdentity, caches["template_fragments"].get_or_set("site_identity", SiteIdentity.current, KEPT))
