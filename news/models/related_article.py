from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RelatedArticle(models.Model):
    article = models.ForeignKey("news.Article", models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        "news.Article", models.CASCADE, verbose_name=_("tin liên quan"), related_name="related_from_links"
    )
    order = models.PositiveIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("tin liên quan")
        verbose_name_plural = _("tin liên quan")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "related"],
                name="related_article_once",
                violation_error_message=_("Bài này đã được chọn."),
            ),
            models.CheckConstraint(
                name="article_not_related_to_itself",
                condition=~Q(article=F("related")),
                violation_error_message=_("Bài không thể liên quan đến chính nó."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)
