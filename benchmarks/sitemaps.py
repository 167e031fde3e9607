"""Response times of sitemaps and feeds over many articles.

    python -m benchmarks.sitemaps [--articles 200000]
    python -m tests.postgres -- python -m benchmarks.sitemaps

Without DATABASE_URL a temporary SQLite database is used. The database of DATABASE_URL is filled with invented rows, so
it must not be that of a real site."""

import argparse
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from .visits import Figure, prepared, timed

BODY = "<p>" + "Xã đã tiếp thu ý kiến của người dân. " * 160 + "</p>"  # 6,000 characters, as in a usual article
TAGS = PHOTOS = 500
BATCH = 2_000


def make_rows(count: int) -> None:
    from news.models import Article, Category, Photo, Tag  # noqa: PLC0415 - Django is set up by then

    category, now = Category.objects.create(name="Chung"), timezone.now()
    tags = [Tag.objects.create(name=f"Thẻ {number}").pk for number in range(TAGS)]
    names = [f"photos/2026/11/{number:016x}-1600x1067.jpg" for number in range(PHOTOS)]
    photos = [
        photo.pk for photo in Photo.objects.bulk_create(Photo(image=name, width=1600, height=1067) for name in names)
    ]
    tagged, shown = Article.tags.through, Article.photos.through
    for start in track(range(0, count, BATCH), "Making articles"):
        rows = Article.objects.bulk_create(
            Article(
                title=f"Bài số {number}",
                slug=f"bai-so-{number}-ve-mot-viec-o-dia-phuong",
                summary="Tóm tắt.",
                body=BODY,
                category=category,
                lead_photo_id=photos[number % PHOTOS],
                published_at=now - timedelta(minutes=10 * (count - number)),
                status=Article.Status.APPROVED if number % 20 else Article.Status.DRAFT,
            )
            for number in range(start, min(count, start + BATCH))
        )
        tagged.objects.bulk_create(
            tagged(article_id=row.pk, tag_id=tags[(row.pk * 7 + step) % TAGS]) for row in rows for step in range(3)
        )
        shown.objects.bulk_create(
            shown(article_id=row.pk, photo_id=photos[(row.pk + step) % PHOTOS]) for row in rows for step in (1, 2)
        )
    with connection.cursor() as cursor:
        # On a real site autovacuum has done this.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def measure(count: int) -> Iterator[Figure]:
    from news.sitemaps.sections import PART_SIZE  # noqa: PLC0415 - needs the apps

    client = Client(SERVER_NAME="localhost")
    part = f"/sitemap-bai-viet-{max(count // PART_SIZE // 2, 1)}.xml"
    for address in (
        "/sitemap.xml",
        part,
        "/sitemap-the-1.xml",
        "/sitemap-tin-moi.xml",
        "/rss.xml",
        "/chuyen-muc/chung/rss.xml",
        "/the/the-7/rss.xml",
    ):
        response = client.get(address)
        assert response.status_code == 200  # noqa: S101
        yield Figure(address, f"{timed(request(client, address)):.1f} ms", f"{len(response.content) / 1000:,.0f} kB")
        yield Figure("  unchanged: 304", f"{timed(request(client, address, response['ETag'])):.1f} ms", "")
    tracemalloc.start()
    client.get(part)
    yield Figure("memory for one part", f"{tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB", "")


def request(client: Client, address: str, etag: str = "") -> Callable[[], Any]:
    return lambda: client.get(address, headers={"if-none-match": etag} if etag else {})


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=200_000)
    count = options.parse_args().articles
    table = Table("what", "found", "size", title=f"Sitemaps and feeds over {count:,} articles")
    with prepared():
        settings.SITEMAP_SECONDS = 0  # the index is not cached
        make_rows(count)
        for figure in measure(count):
            table.add_row(figure.what, figure.found, figure.bar)
        table.caption = connection.vendor
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
