from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ..metadata.share_picture.drawing import draw
from ..models import SiteIdentity

SERVER_CACHE_SECONDS = 24 * 3600  # drawing takes a tenth of a second
BROWSER_CACHE_SECONDS = 365 * 24 * 3600  # the address changes with the picture


@require_safe
def share_picture(request: HttpRequest, digest: str) -> HttpResponse:
    identity = SiteIdentity.load()
    if request.path != identity.share_url:
        return redirect(identity.share_url)
    picture = cache.get_or_set(f"news.share_picture.{digest}", lambda: draw(identity), SERVER_CACHE_SECONDS)
    headers = {"Cache-Control": f"public, max-age={BROWSER_CACHE_SECONDS}, immutable"}
    return HttpResponse(picture, content_type="image/jpeg", headers=headers)
