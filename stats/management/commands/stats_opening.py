from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stats.models import OpeningTotal
from stats.reports.visit_counter import read_counter


class Command(BaseCommand):
    help = (
        "Đặt số truy cập ban đầu mang từ cổng cũ sang. Số cũ vẫn được giữ lại trong danh sách; số đã đếm không bị sửa."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, help="tổng số lượt truy cập của cổng cũ, chỉ gồm chữ số")
        parser.add_argument(
            "--date", type=date.fromisoformat, help="ngày cổng cũ ngừng đếm, dạng 2026-01-31 (mặc định: hôm nay)"
        )
        parser.add_argument("--note", default="", help="số này lấy từ đâu")
        parser.add_argument("--by", help="tên đăng nhập của người ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        user = None
        if options["by"]:
            user = User.objects.filter(username=options["by"]).first()
            if user is None:
                raise CommandError(f"Không có tài khoản {options['by']}.")
        try:
            OpeningTotal.objects.record(options["number"], day=options["date"], note=options["note"], by=user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"Tổng số truy cập hiện nay: {read_counter().total}")
