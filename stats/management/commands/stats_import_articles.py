import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from news.db.row_ids import is_row_id
from news.models import Article
from stats.models import ArticleTotal
from stats.models.articles import MAX_OPENING


class Command(BaseCommand):
    help = (
        "Ghi lượt xem từng bài mà cổng cũ đã đếm, từ tệp CSV có dòng tiêu đề: article (số của bài ở cổng này), views. "
        "Số này chỉ cộng thêm khi hiện lượt xem của bài; nhập lại thì thay số đã nhập."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        openings = read(options["file"])
        missing = openings.keys() - set(Article.objects.filter(pk__in=openings).values_list("pk", flat=True))
        if missing:
            raise CommandError(
                f"Không có {len(missing)} bài trong tệp, chẳng hạn bài số {min(missing)}. Không nhập gì."
            )
        ArticleTotal.objects.record_openings(openings)
        self.stdout.write(f"Đã ghi lượt xem ở cổng cũ của {len(openings)} bài, tổng cộng {sum(openings.values())}.")


def read(file: Path) -> dict[int, int]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Không đọc được {file}: {error}") from None
    table = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    if not {"article", "views"} <= set(table.fieldnames or ()):
        raise CommandError("Dòng tiêu đề phải có hai cột article và views.")
    openings: dict[int, int] = {}
    for number, line in enumerate(table, start=2):
        article, views = (line["article"] or "").strip(), (line["views"] or "").strip()
        if not is_row_id(article) or not is_number(views):
            raise CommandError(f"Dòng {number} không đọc được: {dict(line)}. Hai cột chỉ gồm chữ số.")
        if int(article) in openings:
            raise CommandError(f"Dòng {number}: bài số {article} đã có ở trên.")
        openings[int(article)] = int(views)
    return openings


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= MAX_OPENING
