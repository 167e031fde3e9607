from typing import Any

from django.core.management.base import BaseCommand

from comments.privacy.retention import apply_retention

LABELS = {
    "spam": "ý kiến rác đã xóa",
    "withdrawn": "ý kiến đã rút đã xóa",
    "rejected": "ý kiến không đăng hoặc đã gỡ đã xóa",
    "clients": "mã băm địa chỉ đã bỏ",
    "emails": "e-mail đã bỏ",
}


class Command(BaseCommand):
    help = "Bỏ dữ liệu cá nhân đã giữ đủ thời hạn (comments/conf.py). Chạy mỗi ngày một lần; chạy lại không hại gì."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, number in apply_retention().items():
            if number and options["verbosity"]:
                self.stdout.write(f"{LABELS[name]}: {number}")
