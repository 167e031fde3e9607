from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from portal.demo.build import ACCOUNTS, build, has_real_content


class Command(BaseCommand):
    help = "Dựng nội dung trình diễn: chuyên mục, bài, ảnh, sự kiện, tin chạy. Chạy lại không làm gì thêm."

    def handle(self, *args: Any, **options: Any) -> None:
        if has_real_content():
            raise CommandError(
                "Trang này đã có nội dung thật; lệnh demo không động vào. Hãy dùng một cơ sở dữ liệu trống."
            )
        console = Console(file=cast(IO[str], self.stdout._out))

        def with_progress(items: Iterable[Any], label: str, total: int) -> Iterator[Any]:
            return iter(track(items, description=label, total=total, console=console))

        build(with_progress)
        if settings.LENIENT and not settings.PUBLIC_HOSTS:
            console.print(account_table())


def account_table() -> Table:
    table = Table(
        "Tên đăng nhập",
        "Mật khẩu",
        "Vai trò",
        title="Tài khoản dùng thử (chỉ có trong bản trình diễn)",
        title_style="bold",
    )
    for username, _full_name, role, password in ACCOUNTS:
        table.add_row(username, password, role or "Quản trị (mọi quyền)")
    return table
