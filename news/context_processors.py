from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import SiteIdentity


def site_identity(request: HttpRequest) -> dict[str, Any]:
    return {"site_identity": SimpleLazyObject(SiteIdentity.cached)}
