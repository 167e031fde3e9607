from .article import Article, ArticleQuerySet, RelatedArticle
from .attachment import Attachment, FileNotStored
from .category import Category, CategoryTree
from .event import Event
from .photo import Photo
from .search_entry import SearchEntry
from .source import Source
from .tag import Tag
from .ticker import TickerItem

__all__ = [
    "Article",
    "ArticleQuerySet",
    "Attachment",
    "Category",
    "CategoryTree",
    "Event",
    "FileNotStored",
    "Photo",
    "RelatedArticle",
    "SearchEntry",
    "Source",
    "Tag",
    "TickerItem",
]
