import csv
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import track

from stats.models import DailyVisits, OpeningTotal

COLUMNS = ("views", "visits", "visitors", "bots")
MAX_COUNT = 2**62  # half of what a 64-bit column holds, so that sums fit


class Command(BaseCommand):
    help = (
        "Nhập lịch sử theo ngày của cổng cũ từ tệp CSV có dòng tiêu đề: day (2024-01-31 hoặc 31/01/2024), visits, "
        "và nếu có views, visitors, bots. Ngày đã nhập được thay; ngày đã đếm tại cổng này thì bị từ chối. "
        "Biểu đồ hiện các ngày này, còn tổng số thì không cộng thêm: chúng đã nằm trong số ban đầu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--opening", action="store_true", help="đặt luôn số ban đầu bằng tổng các ngày được nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        rows = read(options["file"])
        counted_here = set(
            DailyVisits.objects.counted_here().filter(day__in=[row.day for row in rows]).values_list("day", flat=True)
        )
        if counted_here:
            raise CommandError(
                f"Cổng này đã tự đếm {len(counted_here)} ngày trong tệp, bắt đầu từ {min(counted_here):%d/%m/%Y}. "
                "Không nhập gì."
            )
        with transaction.atomic():
            for start in track(range(0, len(rows), 500), "Nhập lịch sử", console=console):
                DailyVisits.objects.bulk_create(
                    rows[start : start + 500],
                    update_conflicts=True,
                    unique_fields=["day"],
                    update_fields=[*COLUMNS, "other_views"],
                )
            total = sum(row.visits for row in rows)
            if options["opening"]:
                OpeningTotal.objects.record(
                    total, day=max(row.day for row in rows), note=f"Tổng các ngày trong {options['file'].name}"
                )
        console.print(f"Đã nhập {len(rows)} ngày, cộng {total} lượt truy cập.")
        if not options["opening"] and not OpeningTotal.objects.exists():
            console.print(f"Chưa có số ban đầu. Để tổng số gồm cả các ngày này: manage.py stats_opening {total}")


def read(file: Path) -> list[DailyVisits]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Không đọc được {file}: {error}") from None
    first_line = text.partition("\n")[0]
    table = csv.DictReader(text.splitlines(), delimiter=";" if first_line.count(";") > first_line.count(",") else ",")
    if not {"day", "visits"} <= set(table.fieldnames or ()):
        raise CommandError("Dòng tiêu đề phải có ít nhất hai cột day và visits.")
    rows: dict[date, DailyVisits] = {}
    for number, line in enumerate(table, start=2):
        try:
            row = row_from(line)
        except (ValueError, TypeError, AttributeError):
            raise CommandError(f"Dòng {number} không đọc được: {dict(line)}") from None
        if row.day >= timezone.localdate():
            raise CommandError(f"Dòng {number}: ngày {row.day:%d/%m/%Y} chưa hết. Chỉ nhập những ngày đã qua.")
        if row.day in rows:
            raise CommandError(f"Dòng {number}: ngày {row.day:%d/%m/%Y} đã có ở trên.")
        rows[row.day] = row
    if not rows:
        raise CommandError("Tệp không có ngày nào.")
    return [rows[day] for day in sorted(rows)]


def row_from(line: dict[str, str]) -> DailyVisits:
    if not line["visits"]:
        raise ValueError(line)
    values = {name: as_number(line.get(name) or "0") for name in COLUMNS}
    # The older portal had none of our articles: all its views are counted as those of other pages.
    return DailyVisits(
        day=as_day(line["day"].strip()), origin=DailyVisits.Origin.IMPORTED, other_views=values["views"], **values
    )


def as_day(text: str) -> date:
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return date.fromisoformat(text)


def as_number(text: str) -> int:
    number = int(text.strip().replace(".", "").replace(" ", ""))
    if not 0 <= number <= MAX_COUNT:
        raise ValueError(text)
    return number
