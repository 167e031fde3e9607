import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from stats.ingest.drain import Drainer


class Command(BaseCommand):
    help = (
        "Cộng những lượt truy cập đang chờ trên đĩa vào cơ sở dữ liệu. "
        "Chạy bên cạnh các tiến trình web cũng không đếm trùng."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="cộng một lần rồi dừng (mặc định)")
        how.add_argument("--loop", action="store_true", help="cộng mãi, cho đến khi nhận SIGTERM hoặc Ctrl-C")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"]:
            self.loop()
        else:
            size = Drainer().run_once()
            self.stdout.write(f"Đã cộng {size} byte.")

    def loop(self) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        drainer = Drainer()
        while not stopped.is_set():
            try:
                drainer.run_once()
            except (DatabaseError, OSError) as error:
                self.stderr.write(f"Chưa cộng được, sẽ thử lại: {error}")
                connection.close()
            connection.close_if_unusable_or_obsolete()
            stopped.wait(settings.STATS_DRAIN_SECONDS)
