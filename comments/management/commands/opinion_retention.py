from typing import Any

from comments.privacy.retention import apply_retention
from news.management.batch_command import BatchCommand

LABELS = {
    "spam": "ý kiến rác đã xóa",
    "withdrawn": "ý kiến đã rút đã xóa",
    "rejected": "ý kiến không đăng hoặc đã gỡ đã xóa",
    "clients": "mã băm địa chỉ đã bỏ",
    "emails": "e-mail đã bỏ",
}


class Command(BatchCommand):
    help = "Bỏ dữ liệu cá nhân đã giữ đủ thời hạn (comments/conf.py). Chạy mỗi ngày một lần; chạy lại không hại gì."

    def handle(self, *args: Any, **options: Any) -> None:
        failed: list[int] = []
        for name, number in apply_retention(failed=failed).items():
            if number and options["verbosity"]:
                self.stdout.write(f"{LABELS[name]}: {number}")
        if failed:
            self.report_failure(
                f"{len(set(failed))} ý kiến chưa bỏ được dữ liệu cá nhân, lần sau sẽ thử lại. Lý do ở nhật ký (log)."
            )
