import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("news", "0002_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeRun",
            fields=[
                (
                    "kind",
                    models.CharField(
                        choices=[("digest", "Ý kiến chờ duyệt"), ("overdue", "Ý kiến quá hạn trả lời")],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "lần gửi thư",
                "verbose_name_plural": "lần gửi thư",
            },
        ),
        migrations.CreateModel(
            name="OpinionCount",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="opinion_count",
                        serialize=False,
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
                ("published", models.PositiveIntegerField(default=0, verbose_name="số ý kiến đã đăng")),
            ],
            options={
                "verbose_name": "số ý kiến của bài",
                "verbose_name_plural": "số ý kiến của bài",
            },
        ),
        migrations.CreateModel(
            name="BlockedTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("word", "Từ chặn"),
                            ("domain", "Tên miền chặn"),
                            ("name", "Tên dễ bị mạo danh"),
                            ("watched", "Từ cần chú ý"),
                        ],
                        default="word",
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                (
                    "term",
                    models.CharField(
                        help_text="Viết đúng dấu; so khớp nguyên từ, không phân biệt chữ hoa. Tên miền viết như vi-du.com, gồm cả tên miền con.",
                        max_length=120,
                        verbose_name="từ ngữ",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="ghi chú")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang dùng")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="thêm lúc")),
            ],
            options={
                "verbose_name": "từ ngữ chặn",
                "verbose_name_plural": "danh sách chặn",
                "ordering": ["kind", "term"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("kind"),
                        django.db.models.functions.text.Lower("term"),
                        name="blocked_term_once",
                        violation_error_message="Từ ngữ này đã có trong danh sách.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), _negated=True), name="blocked_term_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=12, unique=True, verbose_name="mã tiếp nhận")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="họ và tên")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("body", models.TextField(max_length=2000, verbose_name="nội dung")),
                ("redactions", models.JSONField(blank=True, default=list, editable=False, verbose_name="phần bị che")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ duyệt"),
                            ("suspect", "Nghi rác"),
                            ("published", "Đã đăng"),
                            ("rejected", "Không đăng"),
                            ("spam", "Rác"),
                            ("removed", "Đã gỡ"),
                            ("withdrawn", "Người gửi rút"),
                            ("erased", "Đã xóa dữ liệu"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "previous_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pending", "Chờ duyệt"),
                            ("suspect", "Nghi rác"),
                            ("published", "Đã đăng"),
                            ("rejected", "Không đăng"),
                            ("spam", "Rác"),
                            ("removed", "Đã gỡ"),
                            ("withdrawn", "Người gửi rút"),
                            ("erased", "Đã xóa dữ liệu"),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="gửi lúc"),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="đăng lúc")),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="xử lý lúc")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off_topic", "Ngoài phạm vi bài"),
                            ("insult", "Xúc phạm"),
                            ("personal_data", "Thông tin cá nhân"),
                            ("advertising", "Quảng cáo"),
                            ("duplicate", "Trùng"),
                            ("unlawful", "Vi phạm pháp luật"),
                            ("complaint", "Khiếu nại, tố cáo (chuyển kênh)"),
                            ("unclear", "Không rõ nghĩa"),
                            ("other", "Lý do khác"),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="lý do",
                    ),
                ),
                (
                    "reason_note",
                    models.TextField(blank=True, editable=False, max_length=500, verbose_name="lý do cụ thể"),
                ),
                ("score", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="điểm nghi ngờ")),
                ("hits", models.JSONField(default=list, editable=False, verbose_name="quy tắc đã bắt")),
                ("text_hash", models.CharField(editable=False, max_length=64)),
                ("client_hash", models.CharField(editable=False, max_length=64, null=True)),
                ("captcha_key", models.CharField(editable=False, max_length=40, null=True, unique=True)),
                ("repeat_key", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "consent_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="đồng ý lúc"),
                ),
                (
                    "reply_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Để trống nếu ý kiến này không cần trả lời.",
                        null=True,
                        verbose_name="hạn trả lời",
                    ),
                ),
                ("replied_at", models.DateTimeField(editable=False, null=True, verbose_name="trả lời lúc")),
                ("wants_mail", models.BooleanField(default=False, editable=False, verbose_name="muốn nhận thư báo")),
                (
                    "mail_confirmed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="xác nhận e-mail lúc"),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xử lý",
                    ),
                ),
            ],
            options={
                "verbose_name": "ý kiến",
                "verbose_name_plural": "ý kiến góp ý",
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("moderate_comment", "Được duyệt, đăng, gỡ ý kiến"),
                    ("see_email_of_comment", "Được xem e-mail của người gửi"),
                    ("erase_comment", "Được xuất và xóa dữ liệu của người gửi"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ModerationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
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
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ duyệt"),
                            ("suspect", "Nghi rác"),
                            ("published", "Đã đăng"),
                            ("rejected", "Không đăng"),
                            ("spam", "Rác"),
                            ("removed", "Đã gỡ"),
                            ("withdrawn", "Người gửi rút"),
                            ("erased", "Đã xóa dữ liệu"),
                        ],
                        max_length=10,
                        verbose_name="từ",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("pending", "Chờ duyệt"),
                            ("suspect", "Nghi rác"),
                            ("published", "Đã đăng"),
                            ("rejected", "Không đăng"),
                            ("spam", "Rác"),
                            ("removed", "Đã gỡ"),
                            ("withdrawn", "Người gửi rút"),
                            ("erased", "Đã xóa dữ liệu"),
                        ],
                        max_length=10,
                        verbose_name="đến",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("off_topic", "Ngoài phạm vi bài"),
                            ("insult", "Xúc phạm"),
                            ("personal_data", "Thông tin cá nhân"),
                            ("advertising", "Quảng cáo"),
                            ("duplicate", "Trùng"),
                            ("unlawful", "Vi phạm pháp luật"),
                            ("complaint", "Khiếu nại, tố cáo (chuyển kênh)"),
                            ("unclear", "Không rõ nghĩa"),
                            ("other", "Lý do khác"),
                        ],
                        max_length=16,
                        verbose_name="lý do",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=500, verbose_name="ghi chú")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lúc")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người làm",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="comments.comment",
                        verbose_name="ý kiến",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng nhật ký kiểm duyệt",
                "verbose_name_plural": "nhật ký kiểm duyệt",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "Xin xác nhận địa chỉ"),
                            ("published", "Đã đăng"),
                            ("rejected", "Không đăng"),
                            ("replied", "Có trả lời"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="gửi lúc")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="comments.comment",
                        verbose_name="ý kiến",
                    ),
                ),
            ],
            options={
                "verbose_name": "thư báo",
                "verbose_name_plural": "thư báo",
            },
        ),
        migrations.CreateModel(
            name="OfficialReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField(max_length=160, verbose_name="cơ quan trả lời")),
                ("body", models.TextField(max_length=4000, verbose_name="nội dung trả lời")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Nháp"), ("published", "Đã đăng"), ("withdrawn", "Đã gỡ")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="soạn lúc")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="sửa lần cuối")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="đăng lúc")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người soạn",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="comments.comment",
                        verbose_name="ý kiến",
                    ),
                ),
            ],
            options={
                "verbose_name": "trả lời chính thức",
                "verbose_name_plural": "trả lời chính thức",
                "ordering": ["-published_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("window_start", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "số lần gửi",
                "verbose_name_plural": "số lần gửi",
                "indexes": [models.Index(fields=["window_start"], name="rate_window")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "window_start"), name="rate_counted_once_per_window")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.F("article"),
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "published")),
                name="comment_published_list",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["status", "decided_at"], name="comment_retention"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(
                    ("replied_at__isnull", True),
                    ("reply_due_on__isnull", False),
                    ("status__in", ["pending", "suspect", "published"]),
                ),
                fields=["reply_due_on"],
                name="comment_reply_due",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["text_hash", "created_at"], name="comment_same_text"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("client_hash__isnull", False)), fields=["created_at"], name="comment_client_kept"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("email", ""), _negated=True), fields=["email"], name="comment_email"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["pending", "suspect", "published", "rejected", "spam", "removed", "withdrawn", "erased"],
                    )
                ),
                name="comment_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="published_comment_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "rejected"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="rejected_comment_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="moderationevent",
            index=models.Index(fields=["by", "-at"], name="moderation_by_person"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("comment", "kind"), name="notice_once_per_comment"),
        ),
        migrations.AddConstraint(
            model_name="officialreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published")),
                fields=("comment",),
                name="one_published_reply_per_comment",
                violation_error_message="Ý kiến này đã có trả lời đang đăng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="published_reply_has_time",
            ),
        ),
    ]
