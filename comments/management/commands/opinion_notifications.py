from typing import Any

from comments.mail.notifications import send_notifications
from news.management.batch_command import BatchCommand


class Command(BatchCommand):
    help = "Gửi thư: báo kiểm duyệt viên có ý kiến mới hoặc quá hạn, báo người gửi đã đăng ký. Nên chạy 5 phút một lần."

    def handle(self, *args: Any, **options: Any) -> None:
        report = send_notifications()
        if report.sent and options["verbosity"]:
            self.stdout.write(
                "Đã gửi: " + ", ".join(f"{kind} {number}" for kind, number in sorted(report.sent.items()))
            )
        if report.failed:
            self.report_failure(f"Không gửi được {report.failed} thư; lần chạy sau sẽ gửi lại.")
