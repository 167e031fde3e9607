from django.contrib import admin

from comments.admin.opinion_period import OpinionPeriodLine
from news.admin.articles.model_admin import ArticleAdmin
from news.models import Article
from stats.reports.readership import ReadershipColumn

admin.site.unregister(Article)


@admin.register(Article)
class ArticleWithReadershipAdmin(ReadershipColumn, OpinionPeriodLine, ArticleAdmin):
    """Adds the column of the visit statistics and the line about opinions, neither of which news must import."""
