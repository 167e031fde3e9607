from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# CKEditor loads its files by their plain names, and compressing hundreds of them takes a minute.
UNPROCESSED = ("ckeditor/",)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Does not hash the names of the editor's files and does not compress them."""

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[tuple[str, str | None, bool]]:
        processed = {name: path for name, path in paths.items() if not name.startswith(UNPROCESSED)}
        yield from super().post_process(processed, *args, **kwargs)

    def stored_name(self, name: str) -> str:
        return name if name.startswith(UNPROCESSED) else super().stored_name(name)
