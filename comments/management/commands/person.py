from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.models import Status
from comments.privacy.erasure import erase
from comments.privacy.exports import FORMATS
from comments.privacy.personal_data import log_export, opinions_of_person, personal_data_of


class Command(BaseCommand):
    help = "Dữ liệu của một người: xem có gì, xuất ra tệp (--export), hoặc xóa hẳn (--erase)."

    def add_arguments(self, parser: CommandParser) -> None:
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--email", default="", help="E-mail người đó đã ghi.")
        who.add_argument("--code", default="", help="Mã tiếp nhận, chẳng hạn GY-8F3K7Q; kèm mọi ý kiến cùng e-mail.")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--export", metavar="TỆP", help="Ghi vào tệp .json hoặc .csv.")
        what.add_argument("--erase", action="store_true", help="Xóa hẳn, không lấy lại được.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = opinions_of_person(email=options["email"], code=options["code"]).exclude(status=Status.ERASED)
        pks = list(found.values_list("pk", flat=True))
        if not pks:
            raise CommandError("Không có ý kiến nào của người này.")
        if options["erase"]:
            failed: list[int] = []
            self.stdout.write(f"Đã xóa dữ liệu của {len(erase(pks, failed=failed))} ý kiến.")
            if failed:
                raise CommandError(f"{len(failed)} ý kiến chưa xóa được. Lý do ở nhật ký (log).")
        elif options["export"]:
            target = Path(options["export"])
            if target.suffix.lstrip(".") not in FORMATS:
                raise CommandError("Tên tệp phải kết thúc bằng .json hoặc .csv.")
            write, _content_type = FORMATS[target.suffix.lstrip(".")]
            target.touch(mode=0o600)
            target.write_text(write(personal_data_of(found)), encoding="utf-8", newline="")
            log_export(found, None)
            self.stdout.write(f"Đã ghi {len(pks)} ý kiến vào {target}.")
        else:
            for comment in found:
                self.stdout.write(f"{comment.code}  {comment.created_at:%d/%m/%Y}  {comment.get_status_display()}")
