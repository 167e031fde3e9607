from typing import Any

from django import template
from django.core.paginator import Page
from django.template import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from news.metadata import pages
from news.metadata.structured_data import Site, as_script, breadcrumb_list
from news.models import Article
from news.text.cleaning import clean_line

register = template.Library()
register.filter("with_page_number", pages.with_page_number)


@register.filter
def unmarked(text: str) -> str:
    """Return plain text that Django has marked as safe HTML, such as the title of a flat page, to be escaped again."""
    return clean_line(text)


@register.inclusion_tag("_metadata.html", takes_context=True)
def metadata(
    context: RequestContext,
    subject: Article | pages.Subject | None = None,
    *,
    title: str = "",
    description: str = "",
    noindex: bool = False,
) -> dict[str, Any]:
    """Write the metadata of an article, of a list about a subject, or of a page with a title and a description.

    Without arguments it is the home page. The description may be a text of any length.
    """
    title, description = str(title), str(description)  # _("…") in a template is lazy
    request, page = context["request"], context.get("page")
    site = Site(context["site_identity"], request.build_absolute_uri)
    if isinstance(subject, Article):
        found = pages.of_article(subject, request, site)
    elif subject:
        found = pages.of_subject(subject, context["page"], request, site)
    elif title and isinstance(page, Page) and not noindex:
        found = pages.of_list(title, description, page, request, site)
    elif title:
        found = pages.of_plain_page(title, description, request, site)
    else:
        found = pages.of_home(context["front"].newest_at if "front" in context else None, request, site)
    found.noindex = found.noindex or noindex
    return {"metadata": found, "site": site.identity, "scripts": map(as_script, found.data)}


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: RequestContext) -> SafeString | str:
    if context.get("is_preview"):
        return ""
    steps = [(_("Trang chủ"), reverse("news:home"))]
    steps += [(step.name, step.get_absolute_url()) for step in context.get("path") or []]
    if context.get("parent_url"):
        steps.append((str(context["parent"]), context["parent_url"]))
    if context.get("last"):
        steps.append((str(context["last"]), ""))
    return as_script(breadcrumb_list(steps, context["request"].build_absolute_uri))
