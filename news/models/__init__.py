from .article import Article, ArticleQuerySet, RelatedArticle
from .attachment import Attachment
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
    "Photo",
    "RelatedArticle",
    "Source",
    "Tag",
    "TickerItem",
]
