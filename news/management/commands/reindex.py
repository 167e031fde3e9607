from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from news.models import Article
from news.search import consistency
from news.search.consistency import Fault
from news.search.entries import in_batches, write
from news.search.rebuild import AlreadyRebuilding, rebuild

MAX_NAMED = 20  # articles listed by --check; the others are only counted
REBUILD_ABOVE = 5_000  # missing articles; for more of them a rebuild is faster


class Command(BaseCommand):
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
            self.check_agreement()
        elif options["rebuild"]:
            self.rebuild()
        elif missing:
            self.add_missing()
        else:
            self.mend()

    def track(self, items: Iterable[Any], what: str, count: int) -> Iterator[Any]:
        return iter(track(items, what, total=count, console=self.console))

    def check_agreement(self) -> None:
        counts: Counter[Fault] = Counter()
        table = Table("Bài", "Tên", "Vì sao không khớp")
        for found in consistency.disagreements(self.track):
            for disagreement in found:
                if counts.total() < MAX_NAMED:
                    table.add_row(str(disagreement.entry.pk), disagreement.entry.title, str(disagreement.fault.value))
                counts[disagreement.fault] += 1
        if counts:
            self.console.print(table)
            raise CommandError(f"{counts.total()} bài không khớp với chỉ mục tìm kiếm. Hãy chạy: manage.py reindex")
        if not consistency.is_sound():
            raise CommandError("Bảng chỉ mục tìm kiếm hỏng hoặc thiếu. Hãy chạy: manage.py reindex --rebuild")
        self.console.print(f"Chỉ mục tìm kiếm khớp với cả {Article.objects.count()} bài.")

    def mend(self) -> None:
        if len(consistency.missing()) > REBUILD_ABOVE or not consistency.is_sound():
            self.rebuild()
        else:
            self.console.print(f"Đã viết lại {consistency.mend(self.track)} bài trong chỉ mục tìm kiếm.")

    def add_missing(self) -> None:
        pks = consistency.missing()
        if len(pks) > REBUILD_ABOVE:
            self.rebuild()
        else:
            for some in in_batches(self.track(pks, "Lập chỉ mục", len(pks)) if pks else []):
                write(some)

    def rebuild(self) -> None:
        try:
            rebuild(self.track)
        except AlreadyRebuilding:
            raise CommandError("Chỉ mục đang được lập lại ở một tiến trình khác. Hãy đợi tiến trình đó xong.") from None
        self.console.print(f"Đã lập lại chỉ mục tìm kiếm của {Article.objects.count()} bài.")
