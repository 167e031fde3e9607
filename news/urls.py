from django.urls import path, register_converter

from .converters import (
    ArticleSlugConverter,
    DayConverter,
    MonthConverter,
    RowIdConverter,
    SlugConverter,
    YearConverter,
)
from .feeds import channels
from .feeds import views as feeds
from .feeds.formats import Atom, Rss
from .sitemaps import views as sitemaps
from .views import archive, article, article_lists, events, home, search, share_picture

register_converter(ArticleSlugConverter, "article_slug")
register_converter(SlugConverter, "row_slug")
register_converter(RowIdConverter, "row_id")
register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DayConverter, "day")

app_name = "news"
urlpatterns = [
    path("", home.home, name="home"),
    path("chuyen-muc/<row_slug:slug>/", article_lists.category, name="category"),
    path("bai-viet/<article_slug:slug>-<row_id:pk>/", article.article, name="article"),
    path("su-kien/", events.events, name="events"),
    path("su-kien/<row_slug:slug>/", events.event, name="event"),
    path("the/<row_slug:slug>/", article_lists.tag, name="tag"),
    path("nguon/<row_slug:slug>/", article_lists.source, name="source"),
    path("luu-tru/", archive.archive, name="archive"),
    path("luu-tru/<year:first>/", archive.year_archive, name="year_archive"),
    path("luu-tru/<month:first>/", archive.month_archive, name="month_archive"),
    path("luu-tru/<day:day>/", archive.day_archive, name="day_archive"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/goi-y/", search.suggestions, name="suggestions"),
    path("rss/", feeds.feed_list, name="feeds"),
    path("anh-chia-se/<slug:digest>.jpg", share_picture.share_picture, name="share_picture"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-tin-moi.xml", sitemaps.news, name="news_sitemap"),
    path("sitemap-<slug:section>-<row_id:part>.xml", sitemaps.sitemap, name="sitemap"),
]

# The visit statistics tell a 304 for a feed reader from a 304 for a page by the ending .xml.
for prefix, name, channel in (
    ("", "", channels.whole_site),
    ("chuyen-muc/<row_slug:slug>/", "category_", channels.category),
    ("su-kien/<row_slug:slug>/", "event_", channels.event),
    ("the/<row_slug:slug>/", "tag_", channels.tag),
    ("nguon/<row_slug:slug>/", "source_", channels.source),
):
    urlpatterns += [
        path(f"{prefix}rss.xml", feeds.ArticleFeed(channel, Rss), name=f"{name}rss"),
        path(f"{prefix}atom.xml", feeds.ArticleFeed(channel, Atom), name=f"{name}atom"),
    ]
