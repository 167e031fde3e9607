"""Rich text: what may be stored, and how it is shown. Knows nothing of the editor that wrote it."""

from .comparison import is_same_text
from .display import for_feed, for_page
from .extraction import BLOCK_EDGE, image_sources, to_text
from .images import without_foreign_images
from .limits import MAX_LENGTH, UnacceptableHTML, refuse_costly
from .sanitizer import clean_html, harmless

__all__ = [
    "BLOCK_EDGE",
    "MAX_LENGTH",
    "UnacceptableHTML",
    "clean_html",
    "for_feed",
    "for_page",
    "harmless",
    "image_sources",
    "is_same_text",
    "refuse_costly",
    "to_text",
    "without_foreign_images",
]
