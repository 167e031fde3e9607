from django.contrib import admin

from news.admin.articles.model_admin import ArticleAdmin
from news.models import Article
from stats.reports.readership import ReadershipColumn

admin.site.unregister(Article)


@admin.register(Article)
class ArticleWithReadershipAdmin(ReadershipColumn, ArticleAdmin):
    """Adds the column of the visit statistics, which news must not import."""
