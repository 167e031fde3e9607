from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import track

from stats.ingest.retention import retention_steps


class Command(BaseCommand):
    help = (
        "Gộp lượt xem bài của các ngày đã qua, xóa số liệu chi tiết đã hết hạn lưu (400 ngày) và mã băm khách (48 giờ)."
        " Chạy mỗi ngày một lần; chạy lại không sao."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        steps = list(retention_steps())
        deleted = sum(step() for step in track(steps, "Dọn số liệu cũ", console=console))
        console.print(f"Đã gộp hoặc xóa {deleted} dòng.")
