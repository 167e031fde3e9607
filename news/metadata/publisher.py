from typing import Any

from django.http import HttpRequest
from django.template import RequestContext, Template


def publisher(request: HttpRequest) -> Any:
    """Who runs the site, as every template is told: the row belongs to the portal, which this app does not know."""
    context = RequestContext(request)
    with context.bind_template(Template("")):
        return context["site_identity"]
