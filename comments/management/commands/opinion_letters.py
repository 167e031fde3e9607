from typing import Any

from django.core.management.base import BaseCommand

from comments.mail.notifications import send_all


class Command(BaseCommand):
    help = "Gửi thư: báo kiểm duyệt viên có ý kiến mới hoặc quá hạn, báo người gửi đã đăng ký. Nên chạy 5 phút một lần."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = send_all()
        if sent.numbers and options["verbosity"]:
            self.stdout.write(
                "Đã gửi: " + ", ".join(f"{kind} {number}" for kind, number in sorted(sent.numbers.items()))
            )
        if sent.failed:
            self.stderr.write(f"Không gửi được {sent.failed} thư; lần chạy sau sẽ gửi lại.")
