from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

KEPT_DAYS = 7  # a form older than this is no longer on anybody's screen
DELETED_AT_ONCE = 100  # rows; whoever saves a form must not wait for the cleaning


class SentFormQuerySet(models.QuerySet["SentForm"]):
    def outdated(self) -> Self:
        return self.filter(sent_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))

    def delete_outdated(self) -> None:
        """Deletes some of the outdated rows, past those that another request is deleting. Needs a transaction."""
        rows = self.outdated().select_for_update(skip_locked=True).values_list("pk", flat=True)
        self.filter(pk__in=list(rows[:DELETED_AT_ONCE])).delete()


class SentForm(models.Model):
    """A form of the admin that has been saved. A second press of its button finds this row and saves nothing."""

    user = models.ForeignKey("auth.User", models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)  # of what was typed
    object_id = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="form_is_saved_once")]

    def __str__(self) -> str:
        return self.key
