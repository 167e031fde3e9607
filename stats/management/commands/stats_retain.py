from datetime import date
from typing import IO, Any, cast

from rich.console import Console
from rich.progress import track

from news.management.batch_command import BatchCommand
from stats.ingest.retention import retention_steps


class Command(BatchCommand):
    help = (
        "Gộp lượt xem bài của các ngày đã qua, xóa số liệu chi tiết đã hết hạn lưu (400 ngày) và mã băm khách (48 giờ)."
        " Chạy mỗi ngày một lần; chạy lại không sao."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        failed: list[date] = []
        steps = list(retention_steps(failed))
        deleted = sum(step() for step in track(steps, "Dọn số liệu cũ", console=console))
        console.print(f"Đã gộp hoặc xóa {deleted} dòng.")
        if failed:
            days = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(set(failed)))
            self.report_failure(f"Chưa gộp được số liệu của {days}. Lý do ở nhật ký (log); lần chạy sau sẽ thử lại.")
