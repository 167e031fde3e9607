from typing import Any

from django.core.management.base import BaseCommand

from comments.mail.notifications import send_notifications


class Command(BaseCommand):
    help = "Gửi thư: báo kiểm duyệt viên có ý kiến mới hoặc quá hạn, báo người gửi đã đăng ký. Nên chạy 5 phút một lần."

    def handle(self, *args: Any, **options: Any) -> None:
        report = send_notifications()
        if report.sent and options["verbosity"]:
            self.stdout.write(
                "Đã gửi: " + ", ".join(f"{kind} {number}" for kind, number in sorted(report.sent.items()))
            )
        if report.failed:
            self.stderr.write(f"Không gửi được {report.failed} thư; lần chạy sau sẽ gửi lại.")
