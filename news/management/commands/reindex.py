from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from django.core.management.base import CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from news.management.batch_command import BatchCommand
from news.models import Article
from news.search.index import consistency
from news.search.index.consistency import Drift
from news.search.index.entries import batches, update_possible_entries
from news.search.index.rebuild import rebuild
from news.search.index.rebuild_postgresql import RebuildInProgress

MAX_ROWS = 20  # of the table that --check prints; further articles are only counted
MAX_MISSING_TO_UPDATE = 5_000  # articles; for more of them a rebuild is faster


class Command(BatchCommand):
    help = (
        "Làm cho chỉ mục tìm kiếm khớp với các bài viết: so sánh từng bài, viết lại bài nào chưa khớp. "
        "Cổng vẫn chạy trong lúc đó; chạy lại bao nhiêu lần cũng được."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="chỉ so sánh; kết thúc với mã 1 nếu có bài không khớp")
        choice.add_argument("--missing", action="store_true", help="chỉ thêm những bài chưa có trong chỉ mục (nhanh)")
        choice.add_argument("--rebuild", action="store_true", help="lập lại toàn bộ chỉ mục")

    def handle(self, *args: Any, check: bool, missing: bool, **options: Any) -> None:
        self.console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        if check:
            self.check_consistency()
        elif options["rebuild"]:
            self.rebuild()
        elif missing:
            self.add_missing()
        else:
            self.repair()

    def progress(self, items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
        return iter(track(items, label, total=total, console=self.console))

    def check_consistency(self) -> None:
        counts: Counter[Drift] = Counter()
        table = Table("Bài", "Tên", "Vì sao không khớp")
        failed: list[int] = []
        for drifted in consistency.find_drift(self.progress, failed):
            for item in drifted:
                if counts.total() < MAX_ROWS:
                    table.add_row(str(item.entry.pk), item.entry.title, str(item.drift.value))
                counts[item.drift] += 1
        self.report_unreadable(failed)
        if counts:
            self.console.print(table)
            raise CommandError(f"{counts.total()} bài không khớp với chỉ mục tìm kiếm. Hãy chạy: manage.py reindex")
        if not consistency.is_intact():
            raise CommandError("Bảng chỉ mục tìm kiếm hỏng hoặc thiếu. Hãy chạy: manage.py reindex --rebuild")
        if failed:
            raise CommandError("Những bài khác đều khớp với chỉ mục tìm kiếm.")
        self.console.print(f"Chỉ mục tìm kiếm khớp với cả {Article.objects.count()} bài.")

    def report_unreadable(self, failed: list[int]) -> None:
        if failed:
            pks = sorted(set(failed))
            some = ", ".join(map(str, pks[:MAX_ROWS]))
            self.report_failure(f"{len(pks)} bài không lập chỉ mục được (bài số {some}). Lý do ở nhật ký (log).")

    def repair(self) -> None:
        if len(consistency.missing_articles()) > MAX_MISSING_TO_UPDATE or not consistency.is_intact():
            self.rebuild()
        else:
            failed: list[int] = []
            self.console.print(f"Đã viết lại {consistency.repair(self.progress, failed)} bài trong chỉ mục tìm kiếm.")
            self.report_unreadable(failed)

    def add_missing(self) -> None:
        pks = consistency.missing_articles()
        if len(pks) > MAX_MISSING_TO_UPDATE:
            self.rebuild()
        elif pks:
            failed: list[int] = []
            for batch in batches(self.progress(pks, "Lập chỉ mục", len(pks))):
                update_possible_entries(batch, failed)
            self.report_unreadable(failed)

    def rebuild(self) -> None:
        try:
            rebuild(self.progress)
        except RebuildInProgress:
            raise CommandError("Chỉ mục đang được lập lại ở một tiến trình khác. Hãy đợi tiến trình đó xong.") from None
        failed = consistency.missing_articles()
        self.console.print(f"Đã lập lại chỉ mục tìm kiếm của {Article.objects.count() - len(failed)} bài.")
        self.report_unreadable(failed)
