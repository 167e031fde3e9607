from .article import Article
from .article_queries import ArticleQuerySet
from .article_step import ArticleStep
from .attachment import Attachment, FileNotStored
from .category import Category, CategoryTree
from .event import Event
from .photo import Photo
from .related_article import RelatedArticle
from .search_entry import SearchEntry
from .site_identity import SiteIdentity
from .source import Source
from .tag import Tag
from .ticker import TickerItem

__all__ = [
    "Article",
    "ArticleQuerySet",
    "ArticleStep",
    "Attachment",
    "Category",
    "CategoryTree",
    "Event",
    "FileNotStored",
    "Photo",
    "RelatedArticle",
    "SearchEntry",
    "SiteIdentity",
    "Source",
    "Tag",
    "TickerItem",
]
