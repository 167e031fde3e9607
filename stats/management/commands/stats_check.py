from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.table import Table

from stats.ingest.consistency import Claim, claims
from stats.ingest.rollup_writer import lock_total

SHOWN = 20  # disagreements; the rest is only counted


class Command(BaseCommand):
    help = "Kiểm tra các tổng có khớp nhau: tổng số = Σ ngày = Σ giờ = Σ bài + trang khác, và Σ lý do không tính."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            lock_total()  # nothing is counted while we look
            found = list(claims())
        wrong = [claim for claim in found if not claim.holds]
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        if wrong:
            console.print(table_of(wrong[:SHOWN]))
            raise CommandError(f"{len(wrong)} trong {len(found)} phép so sánh không khớp.")
        console.print(f"{len(found)} phép so sánh đều khớp.")


def table_of(wrong: list[Claim]) -> Table:
    table = Table("Phép so sánh", "Ngày, tháng", "Trái", "Phải", "Lệch")
    for claim in wrong:
        table.add_row(claim.what, claim.where, str(claim.left), str(claim.right), f"{claim.left - claim.right:+d}")
    return table
