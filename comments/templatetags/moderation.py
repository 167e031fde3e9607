from typing import Any

from django import template
from django.template import RequestContext

from comments.moderation.queues import QUEUES, QueueSlug, count_queues
from news.staff import display_name

register = template.Library()
register.filter(display_name)

QUEUES_TO_DO = (QueueSlug.PENDING, QueueSlug.SUSPECT, QueueSlug.OVERDUE)


@register.inclusion_tag("admin/comments/_queues.html", takes_context=True)
def opinion_queues(context: RequestContext) -> dict[str, Any]:
    """The queues that need work, for the admin's start page; empty and without a query for users without permission."""
    if not context["request"].user.has_perm("comments.view_comment"):
        return {}
    numbers = count_queues()
    return {"queues": [(queue, numbers[queue.slug]) for queue in QUEUES if queue.slug in QUEUES_TO_DO]}
