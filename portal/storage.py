from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# CKEditor finds its parts by their plain names, and compressing its hundreds of files takes a minute.
SERVED_AS_THEY_ARE = ("ckeditor/",)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Our own and the admin's files get a content hash in their names and a gzip twin; the editor's stay as they are."""

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[tuple[str, str | None, bool]]:
        own = {name: path for name, path in paths.items() if not name.startswith(SERVED_AS_THEY_ARE)}
        yield from super().post_process(own, *args, **kwargs)

    def stored_name(self, name: str) -> str:
        return name if name.startswith(SERVED_AS_THEY_ARE) else super().stored_name(name)
