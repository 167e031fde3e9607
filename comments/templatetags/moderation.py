from typing import Any

from django import template
from django.template import RequestContext

from comments.moderation import queues

register = template.Library()

ASKING = ("cho-duyet", "nghi-rac", "qua-han")  # the queues in which somebody waits for us


@register.inclusion_tag("admin/comments/_desk.html", takes_context=True)
def opinion_desk(context: RequestContext) -> dict[str, Any]:
    """For the admin's start page: what waits for a moderator. Nothing, and no query, for everybody else."""
    if not context["request"].user.has_perm("comments.view_comment"):
        return {}
    numbers = queues.counts()
    return {"queues": [(queue, numbers[queue.slug]) for queue in queues.QUEUES if queue.slug in ASKING]}
