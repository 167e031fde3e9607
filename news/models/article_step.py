from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..fields import ParagraphField


class AppendOnly(TypeError):
    """Raised on an attempt to change or delete a row of the log of transitions."""


class ArticleStepQuerySet(models.QuerySet["ArticleStep"]):
    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly("ArticleStep is append-only.")

    def delete(self) -> NoReturn:
        raise AppendOnly("ArticleStep is append-only.")


class ArticleStep(models.Model):
    """A row of the append-only log of an article's transitions. `by` is null for commands and imports."""

    article = models.ForeignKey("news.Article", models.CASCADE, verbose_name=_("bài viết"), related_name="steps")
    from_status = models.CharField(_("từ"), max_length=12, choices=workflow.Status)
    to_status = models.CharField(_("đến"), max_length=12, choices=workflow.Status)
    reason = ParagraphField(_("lý do"), max_length=1000, blank=True)
    by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người làm"), related_name="+", null=True, blank=True
    )
    at = models.DateTimeField(_("lúc"), default=timezone.now)

    objects = ArticleStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("bước của bài viết")
        verbose_name_plural = _("các bước của bài viết")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("ArticleStep is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("ArticleStep is append-only.")
