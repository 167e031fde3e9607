from .article import Article, ArticleQuerySet, RelatedArticle
from .attachment import Attachment, FileNotStored
from .category import Category, CategoryTree
from .event import Event
from .photo import Photo
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
    "Source",
    "Tag",
    "TickerItem",
]
