import logging
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import track

from news.models import Attachment

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Đọc chữ bên trong các tệp đính kèm PDF, DOCX, ODT chưa đọc lần nào, để tìm được theo nội dung tệp. "
        "Chạy lúc nào cũng được: tệp đã đọc, kể cả bản quét không có chữ, không đọc lại."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="đọc lại tất cả, chẳng hạn sau khi nâng cấp")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        chosen = Attachment.objects.readable() if options["all"] else Attachment.objects.unread()
        attachments = list(chosen.order_by("pk"))
        without_text = unreadable = 0
        for attachment in track(attachments, "Đọc tệp đính kèm", console=console):
            try:
                attachment.read_text()
            except Exception:  # OSError for a missing file, other errors from an object store
                logger.exception("Attachment %s could not be opened", attachment.pk)
                unreadable += 1
            else:
                without_text += not attachment.text
        if options["verbosity"]:
            console.print(
                f"Đã đọc {len(attachments) - unreadable} tệp, trong đó {without_text} tệp không có chữ đọc được "
                "(bản quét, có mật khẩu hoặc hỏng)."
            )
        if unreadable:
            console.print(f"Không mở được {unreadable} tệp trong kho; lần sau sẽ thử lại.")
