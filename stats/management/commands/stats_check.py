from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.table import Table

from stats.ingest.consistency import SumCheck, check_sums
from stats.models import VisitTotal

MAX_SHOWN = 20  # failed checks in the table


class Command(BaseCommand):
    help = "Kiểm tra các tổng có khớp nhau: tổng số = Σ ngày = Σ giờ = Σ bài + trang khác, và Σ lý do không tính."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            VisitTotal.lock()
            found = list(check_sums())
        failed = [check for check in found if not check.passes]
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        if failed:
            console.print(table_of(failed[:MAX_SHOWN]))
            raise CommandError(f"{len(failed)} trong {len(found)} phép so sánh không khớp.")
        console.print(f"{len(found)} phép so sánh đều khớp.")


def table_of(failed: list[SumCheck]) -> Table:
    table = Table("Phép so sánh", "Ngày, tháng", "Trái", "Phải", "Lệch")
    for check in failed:
        difference = f"{check.expected - check.actual:+d}"
        table.add_row(check.name, check.where, str(check.expected), str(check.actual), difference)
    return table
