from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from comments.models import Comment
from news.models import Attachment
from stats.models import ArticleTotal


class Command(BaseCommand):
    help = (
        "Sau khi một chương trình hay lệnh SQL ghi thẳng vào cơ sở dữ liệu: đếm lại ý kiến đã đăng, cộng lại lượt xem "
        "từng bài, đo và đọc tệp đính kèm, làm lại chỉ mục tìm kiếm. Cổng vẫn chạy; chạy lại bao nhiêu lần cũng được."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Số ý kiến đã đăng: sửa {Comment.objects.recount_published()} bài.")
        self.stdout.write(f"Tổng lượt xem của bài: sửa {ArticleTotal.objects.recount()} bài.")
        self.stdout.write(f"Dung lượng tệp đính kèm: sửa {Attachment.objects.measure()} tệp.")
        call_command("read_attachments", stdout=self.stdout._out, stderr=self.stderr._out)
        call_command("reindex", stdout=self.stdout._out, stderr=self.stderr._out)
