import logging
from typing import IO, Any, cast

from django.core.management.base import CommandParser
from rich.console import Console
from rich.progress import track

from news.management.batch_command import BatchCommand
from news.models import Attachment

logger = logging.getLogger(__name__)


class Command(BatchCommand):
    help = (
        "Đọc chữ bên trong các tệp đính kèm PDF, DOCX, ODT chưa đọc lần nào, để tìm được theo nội dung tệp. "
        "Chạy lúc nào cũng được: tệp đã đọc, kể cả bản quét không có chữ, không đọc lại."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="đọc lại tất cả, chẳng hạn sau khi nâng cấp")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False)
        chosen = Attachment.objects.readable() if options["all"] else Attachment.objects.unread()
        pks = list(chosen.order_by("pk").values_list("pk", flat=True))
        without_text = unavailable = 0
        for pk in track(pks, "Đọc tệp đính kèm", console=console):
            try:
                attachment = Attachment.objects.get(pk=pk)
                attachment.read_text()
            except Attachment.DoesNotExist:
                continue  # deleted since the command began
            except Exception:  # OSError from the file system; an object store raises errors of its own
                logger.exception("Attachment %s could not be opened", pk)
                unavailable += 1
            else:
                without_text += not attachment.text
        if options["verbosity"]:
            console.print(
                f"Đã đọc {len(pks) - unavailable} tệp, trong đó {without_text} tệp không có chữ đọc được "
                "(bản quét, có mật khẩu hoặc hỏng)."
            )
        if unavailable:
            self.failed = True
            console.print(f"Không mở được {unavailable} tệp trong kho; lần sau sẽ thử lại.")
