import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import stats.migrations._columns


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("news", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DaySalt",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField(max_length=32)),
            ],
            options={
                "verbose_name": "muối của ngày",
                "verbose_name_plural": "muối của ngày",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PackedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="ngày")),
                ("views", stats.migrations._columns.NumbersColumn(verbose_name="lượt xem theo bài")),
            ],
            options={
                "verbose_name": "lượt xem bài của ngày đã đóng",
                "verbose_name_plural": "lượt xem bài của các ngày đã đóng",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AgentRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pattern",
                    models.CharField(
                        help_text="Một đoạn trong tên trình duyệt (User-Agent), không phân biệt chữ hoa chữ thường, chẳng hạn “GiamSatNoiBo”.",
                        max_length=120,
                        verbose_name="đoạn chữ",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("robot", "Là máy"), ("person", "Là người")],
                        default="robot",
                        max_length=6,
                        verbose_name="kết luận",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="ghi chú")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="sửa lần cuối")),
            ],
            options={
                "verbose_name": "quy tắc nhận máy",
                "verbose_name_plural": "quy tắc nhận máy",
                "ordering": ["pattern"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pattern",),
                        name="agent_rule_once",
                        violation_error_message="Đoạn chữ này đã có quy tắc.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pattern", ""), _negated=True), name="agent_rule_has_pattern"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleTotal",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem")),
                ("opening", models.BigIntegerField(default=0, verbose_name="lượt xem ở cổng cũ")),
            ],
            options={
                "verbose_name": "tổng lượt xem của bài",
                "verbose_name_plural": "tổng lượt xem của các bài",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opening__gte", 0), ("views__gte", 0)), name="article_total_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyVisits",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="ngày")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem trang")),
                ("visits", models.BigIntegerField(default=0, verbose_name="lượt truy cập")),
                ("visitors", models.BigIntegerField(default=0, verbose_name="khách trong ngày")),
                ("bots", models.BigIntegerField(default=0, verbose_name="lượt máy")),
                ("other_views", models.BigIntegerField(default=0, verbose_name="lượt xem các trang không phải bài")),
                ("excluded", models.BigIntegerField(default=0, verbose_name="lượt không tính")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("counted", "Đếm tại cổng này"),
                            ("imported", "Nhập từ cổng cũ"),
                            ("demo", "Trình diễn"),
                        ],
                        default="counted",
                        max_length=8,
                        verbose_name="nguồn số liệu",
                    ),
                ),
            ],
            options={
                "verbose_name": "truy cập theo ngày",
                "verbose_name_plural": "truy cập theo ngày",
                "ordering": ["day"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bots__gte", 0),
                            ("excluded__gte", 0),
                            ("other_views__gte", 0),
                            ("views__gte", 0),
                            ("visitors__gte", 0),
                            ("visits__gte", 0),
                        ),
                        name="daily_visits_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("other_views__lte", models.F("views"))), name="daily_other_within_views"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                (
                    "device",
                    models.CharField(
                        choices=[
                            ("phone", "Điện thoại"),
                            ("tablet", "Máy tính bảng"),
                            ("desktop", "Máy tính"),
                            ("other", "Thiết bị khác"),
                        ],
                        max_length=8,
                        verbose_name="thiết bị",
                    ),
                ),
                (
                    "browser",
                    models.CharField(
                        choices=[
                            ("chrome", "Chrome"),
                            ("safari", "Safari"),
                            ("coccoc", "Cốc Cốc"),
                            ("edge", "Edge"),
                            ("firefox", "Firefox"),
                            ("samsung", "Samsung Internet"),
                            ("opera", "Opera"),
                            ("zalo", "Ứng dụng Zalo"),
                            ("facebook", "Ứng dụng Facebook"),
                            ("other", "Trình duyệt khác"),
                        ],
                        max_length=8,
                        verbose_name="trình duyệt",
                    ),
                ),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem")),
            ],
            options={
                "verbose_name": "thiết bị theo ngày",
                "verbose_name_plural": "thiết bị theo ngày",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "device", "browser"), name="device_views_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("views__gte", 0)), name="device_views_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExcludedHits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("static", "Tệp tĩnh và tệp tải lên"),
                            ("admin", "Trang quản trị"),
                            ("health", "Kiểm tra máy chủ"),
                            ("method", "Không phải yêu cầu xem trang (HEAD, POST…)"),
                            ("redirect", "Chuyển hướng"),
                            ("missing", "Không tìm thấy"),
                            ("error", "Bị từ chối hoặc lỗi"),
                            ("nothtml", "Không phải trang web (RSS, sitemap…)"),
                            ("staff", "Người của cổng"),
                            ("prefetch", "Trình duyệt tải trước"),
                            ("embedded", "Không mở thành trang (khung nhúng, mã lệnh)"),
                            ("garbled", "Dòng ghi hỏng"),
                            ("dropped", "Không ghi được vì hết chỗ trên đĩa"),
                        ],
                        max_length=8,
                        verbose_name="lý do",
                    ),
                ),
                ("hits", models.BigIntegerField(default=0, verbose_name="số lượt")),
            ],
            options={
                "verbose_name": "lượt không tính",
                "verbose_name_plural": "lượt không tính",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "reason"), name="excluded_reason_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("hits__gte", 0)), name="excluded_hits_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HourlyVisits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                ("hour", models.PositiveSmallIntegerField(verbose_name="giờ")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem trang")),
                ("visits", models.BigIntegerField(default=0, verbose_name="lượt truy cập")),
                ("bots", models.BigIntegerField(default=0, verbose_name="lượt máy")),
            ],
            options={
                "verbose_name": "truy cập theo giờ",
                "verbose_name_plural": "truy cập theo giờ",
                "ordering": ["day", "hour"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "hour"), name="hourly_visits_once"),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="hour_of_the_clock"),
                    models.CheckConstraint(
                        condition=models.Q(("bots__gte", 0), ("views__gte", 0), ("visits__gte", 0)),
                        name="hourly_visits_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotFoundPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                ("path", models.CharField(max_length=300, verbose_name="địa chỉ")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt người")),
                ("bots", models.BigIntegerField(default=0, verbose_name="lượt máy")),
            ],
            options={
                "verbose_name": "địa chỉ không tìm thấy",
                "verbose_name_plural": "địa chỉ không tìm thấy",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "path"), name="not_found_path_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("bots__gte", 0), ("views__gte", 0)), name="not_found_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PackedMonth",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="ngày")),
                ("views", stats.migrations._columns.NumbersColumn(verbose_name="lượt xem theo bài")),
            ],
            options={
                "verbose_name": "lượt xem bài theo tháng",
                "verbose_name_plural": "lượt xem bài theo tháng",
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("day__day", 1)), name="packed_month_begins_on_the_first")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferrerViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                ("host", models.CharField(max_length=100, verbose_name="trang dẫn đến")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem")),
            ],
            options={
                "verbose_name": "trang dẫn đến theo ngày",
                "verbose_name_plural": "trang dẫn đến theo ngày",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "host"), name="referrer_views_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("views__gte", 0)), name="referrer_views_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpoolOffset",
            fields=[
                ("name", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("offset", models.BigIntegerField(default=0)),
                ("drained_at", models.DateTimeField(auto_now=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "vị trí đã đếm",
                "verbose_name_plural": "vị trí đã đếm",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("offset__gte", 0)), name="spool_offset_not_negative")
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitorDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "hash",
                    models.BigIntegerField(help_text="64 bits of BLAKE2 under the day's salt, as a signed number"),
                ),
                ("views", models.BigIntegerField(default=0)),
                ("last_seen", models.BigIntegerField(help_text="seconds since 1970")),
                ("visits", models.TextField()),
            ],
            options={
                "verbose_name": "khách trong ngày",
                "verbose_name_plural": "khách trong ngày",
                "default_permissions": (),
                "indexes": [models.Index(fields=["last_seen"], name="visitor_last_seen")],
                "constraints": [models.UniqueConstraint(fields=("day", "hash"), name="visitor_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="VisitTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem trang")),
                ("visits", models.BigIntegerField(default=0, verbose_name="lượt truy cập")),
                ("visitors", models.BigIntegerField(default=0, verbose_name="khách, cộng theo ngày")),
                ("bots", models.BigIntegerField(default=0, verbose_name="lượt máy")),
                ("excluded", models.BigIntegerField(default=0, verbose_name="lượt không tính")),
                ("drained_at", models.DateTimeField(null=True, verbose_name="cập nhật lúc")),
            ],
            options={
                "verbose_name": "tổng số truy cập",
                "verbose_name_plural": "tổng số truy cập",
                "permissions": [("view_statistics", "Xem thống kê truy cập")],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_visit_total"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bots__gte", 0),
                            ("excluded__gte", 0),
                            ("views__gte", 0),
                            ("visitors__gte", 0),
                            ("visits__gte", 0),
                        ),
                        name="visit_total_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleViews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="ngày")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem")),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt xem bài theo ngày",
                "verbose_name_plural": "lượt xem bài theo ngày",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "article"), name="article_views_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("views__gte", 0)), name="article_views_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.BigIntegerField(
                        help_text="Số lượt truy cập mà cổng cũ đã đếm được, chỉ gồm chữ số.", verbose_name="số ban đầu"
                    ),
                ),
                (
                    "date",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="Ngày cổng cũ ngừng đếm.",
                        verbose_name="tính đến ngày",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="Số này lấy từ đâu, ai xác nhận.", max_length=500, verbose_name="ghi chú"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người ghi",
                    ),
                ),
            ],
            options={
                "verbose_name": "số truy cập ban đầu",
                "verbose_name_plural": "số truy cập ban đầu",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 0)),
                        name="opening_total_not_negative",
                        violation_error_message="Số ban đầu không thể nhỏ hơn 0.",
                    )
                ],
            },
        ),
    ]
