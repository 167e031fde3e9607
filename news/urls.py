from django.urls import path, register_converter

from .converters import ArticleSlugConverter, DayConverter, MonthConverter, RowIdConverter, YearConverter
from .feeds import channels
from .feeds.formats import Atom, Rss
from .feeds.views import ArticleFeed
from .sitemaps import views as sitemaps
from .views import archive, pages, search, share_picture

register_converter(ArticleSlugConverter, "article_slug")
register_converter(RowIdConverter, "row_id")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")

app_name = "news"
urlpatterns = [
    path("", pages.home, name="home"),
    path("chuyen-muc/<slug:slug>/", pages.category, name="category"),
    path("bai-viet/<article_slug:slug>-<row_id:pk>/", pages.article, name="article"),
    path("su-kien/", pages.events, name="events"),
    path("su-kien/<slug:slug>/", pages.event, name="event"),
    path("the/<slug:slug>/", pages.tag, name="tag"),
    path("nguon/<slug:slug>/", pages.source, name="source"),
    path("luu-tru/", archive.archive, name="archive"),
    path("luu-tru/<year:first>/", archive.year_archive, name="year_archive"),
    path("luu-tru/<month:first>/", archive.month_archive, name="month_archive"),
    path("luu-tru/<day:day>/", archive.day_archive, name="day_archive"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/goi-y/", search.suggestions, name="suggestions"),
    path("rss/", pages.feeds, name="feeds"),
    path("anh-chia-se/<slug:digest>.jpg", share_picture.share_picture, name="share_picture"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-tin-moi.xml", sitemaps.newest, name="news_sitemap"),
    path("sitemap-<slug:section>-<row_id:part>.xml", sitemaps.sitemap, name="sitemap"),
]

# For readers' programs. The endings matter: by them the visit statistics know a 304 of a feed from one of a page.
for prefix, name, channel in (
    ("", "", channels.whole_site),
    ("chuyen-muc/<slug:slug>/", "category_", channels.category),
    ("su-kien/<slug:slug>/", "event_", channels.event),
    ("the/<slug:slug>/", "tag_", channels.tag),
    ("nguon/<slug:slug>/", "source_", channels.source),
):
    urlpatterns += [
        path(f"{prefix}rss.xml", ArticleFeed(channel, Rss), name=f"{name}rss"),
        path(f"{prefix}atom.xml", ArticleFeed(channel, Atom), name=f"{name}atom"),
    ]
