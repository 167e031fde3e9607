from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderators")]

    operations = [
        migrations.RenameField("comment", "masks", "redactions"),
        migrations.AlterField(
            "moderationevent",
            "action",
            models.CharField(
                choices=[
                    ("move", "Chuyển trạng thái"),
                    ("undo", "Hoàn tác"),
                    ("redact", "Che dữ liệu cá nhân"),
                    ("reply", "Đăng trả lời"),
                    ("unreply", "Gỡ trả lời"),
                    ("no_reply", "Không cần trả lời"),
                    ("export", "Xuất dữ liệu"),
                ],
                default="move",
                max_length=10,
                verbose_name="việc",
            ),
        ),
    ]
