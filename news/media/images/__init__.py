"""Pictures: what an upload becomes, and the `<picture>` element that shows it."""

from .decoding import MAX_UPLOAD_BYTES
from .element import picture_html
from .encoding import SHARE_SIZE
from .names import FALLBACK_WIDTH, all_names, rendition_widths, share_name, size_of, thumbnail_name
from .storage import StoredPicture, bytes_of, delete_picture, name_from_url, store_picture, thumbnail_url

__all__ = [
    "FALLBACK_WIDTH",
    "MAX_UPLOAD_BYTES",
    "SHARE_SIZE",
    "StoredPicture",
    "all_names",
    "bytes_of",
    "delete_picture",
    "name_from_url",
    "picture_html",
    "rendition_widths",
    "share_name",
    "size_of",
    "store_picture",
    "thumbnail_name",
    "thumbnail_url",
]
