import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import news.migrations._columns


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="tên bài")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Phần chữ của địa chỉ trang. Để trống thì lấy theo tên bài; sửa về sau thì địa chỉ cũ vẫn dẫn về bài.",
                        max_length=140,
                        verbose_name="địa chỉ",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="Đoạn in đậm mở đầu bài, cũng hiện trong danh sách tin. Nên dài một đến hai câu.",
                        max_length=1000,
                        verbose_name="sapo",
                    ),
                ),
                ("body", models.TextField(blank=True, verbose_name="nội dung")),
                (
                    "lead_caption",
                    models.TextField(
                        blank=True,
                        help_text="Để trống thì dùng chú thích trong thư viện ảnh.",
                        max_length=500,
                        verbose_name="chú thích riêng cho ảnh đại diện",
                    ),
                ),
                (
                    "show_lead_photo",
                    models.BooleanField(
                        default=True,
                        help_text="Bỏ chọn nếu ảnh đã có trong nội dung.",
                        verbose_name="hiện ảnh đại diện đầu bài",
                    ),
                ),
                (
                    "byline",
                    models.CharField(
                        blank=True, help_text="Tên hoặc bút danh hiện cuối bài.", max_length=120, verbose_name="tác giả"
                    ),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, help_text="Địa chỉ của bài ở trang nguồn.", max_length=500, verbose_name="link gốc"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Nháp"),
                            ("submitted", "Chờ duyệt"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt"),
                            ("withdrawn", "Đã gỡ"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                (
                    "return_reason",
                    models.TextField(blank=True, editable=False, max_length=1000, verbose_name="lý do trả lại hoặc gỡ"),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Giờ Việt Nam. Để trống thì lấy lúc duyệt; giờ ở tương lai thì bài tự hiện đúng lúc đó.",
                        null=True,
                        verbose_name="giờ đăng",
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Đến giờ này bài tự rời khỏi trang. Để trống nếu đăng lâu dài.",
                        null=True,
                        verbose_name="hết hạn lúc",
                    ),
                ),
                (
                    "is_featured",
                    models.BooleanField(
                        default=False, help_text="Có thể hiện ở phần đầu trang chủ.", verbose_name="tin nổi bật"
                    ),
                ),
                (
                    "pinned_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Đứng đầu trang chủ cho đến giờ này rồi tự trở lại thứ tự thường.",
                        null=True,
                        verbose_name="ghim đến lúc",
                    ),
                ),
                (
                    "comment_mode",
                    models.CharField(
                        choices=[
                            ("open", "Nhận ý kiến"),
                            ("closed", "Chỉ hiện ý kiến đã đăng"),
                            ("hidden", "Không có ý kiến"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="ý kiến góp ý",
                    ),
                ),
                (
                    "comments_until",
                    models.DateField(
                        blank=True,
                        help_text="Bài nhận ý kiến đến hết ngày này, kể cả bài đã cũ. Để trống thì theo thời hạn chung, tính từ ngày đăng.",
                        null=True,
                        verbose_name="nhận ý kiến đến ngày",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="tạo lúc")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="sửa lần cuối")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người duyệt",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người viết",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người sửa cuối",
                    ),
                ),
            ],
            options={
                "verbose_name": "bài viết",
                "verbose_name_plural": "bài viết",
                "ordering": ["-published_at", "-pk"],
                "permissions": [("publish_article", "Được duyệt, đăng và gỡ bài viết")],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="tên")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Để trống thì lấy theo tên sự kiện.",
                        max_length=180,
                        unique=True,
                        verbose_name="địa chỉ",
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=600, verbose_name="giới thiệu")),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Để trống nếu là dòng tin không có ngày giờ.",
                        null=True,
                        verbose_name="bắt đầu",
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="địa điểm")),
                ("is_visible", models.BooleanField(default=True, verbose_name="hiện trên trang")),
                ("is_pinned", models.BooleanField(default=False, verbose_name="luôn đứng đầu")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="sửa lần cuối")),
            ],
            options={
                "verbose_name": "sự kiện",
                "verbose_name_plural": "sự kiện",
                "ordering": ["-is_pinned", "-updated_at"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="tên đầy đủ")),
                (
                    "short_name",
                    models.CharField(
                        help_text="Hiện cuối bài, sau chữ “Theo”, chẳng hạn “BHT”.",
                        max_length=40,
                        verbose_name="tên ngắn",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Để trống thì lấy theo tên đầy đủ.",
                        max_length=80,
                        unique=True,
                        verbose_name="địa chỉ",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="trang của nguồn tin")),
            ],
            options={
                "verbose_name": "nguồn tin",
                "verbose_name_plural": "nguồn tin",
                "ordering": [django.db.models.functions.comparison.Collate("name", "vi-x-icu")],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="tên")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Để trống thì lấy theo tên thẻ.",
                        max_length=80,
                        unique=True,
                        verbose_name="địa chỉ",
                    ),
                ),
            ],
            options={
                "verbose_name": "thẻ",
                "verbose_name_plural": "thẻ",
                "ordering": [django.db.models.functions.comparison.Collate("name", "vi-x-icu")],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="news.article",
                    ),
                ),
                ("newness", models.BigIntegerField()),
                ("status", models.CharField(max_length=12)),
                ("expires_at", models.DateTimeField(null=True)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("text", models.TextField()),
                ("labels", models.TextField()),
                ("tokens", news.migrations._columns.NumbersColumn()),
                ("written_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "bài trong chỉ mục tìm kiếm",
                "verbose_name_plural": "bài trong chỉ mục tìm kiếm",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="tên tài liệu")),
                ("file", models.FileField(max_length=200, verbose_name="tệp")),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, help_text="Tính bằng byte.", verbose_name="dung lượng"
                    ),
                ),
                ("order", models.PositiveIntegerField(default=100, verbose_name="thứ tự")),
                ("text", models.TextField(default="", editable=False)),
                ("text_read_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp đính kèm",
                "verbose_name_plural": "tệp đính kèm",
                "ordering": ["order", "pk"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="tên")),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Phần cuối của địa chỉ trang, chỉ gồm chữ không dấu, số và gạch nối. Để trống thì lấy theo tên.",
                        max_length=100,
                        unique=True,
                        verbose_name="địa chỉ",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="Một hai câu hiện dưới tên chuyên mục và trên trang tìm kiếm.",
                        max_length=500,
                        verbose_name="giới thiệu",
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=100,
                        help_text="Số nhỏ đứng trước, trên thực đơn cũng như trên trang chủ.",
                        verbose_name="thứ tự",
                    ),
                ),
                ("in_menu", models.BooleanField(default=True, verbose_name="có trên thực đơn")),
                (
                    "on_home",
                    models.BooleanField(
                        default=True,
                        help_text="Trang chủ dành một khối cho chuyên mục này và các chuyên mục con của nó.",
                        verbose_name="có trên trang chủ",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="Để trống nếu là chuyên mục cấp một.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="news.category",
                        verbose_name="thuộc chuyên mục",
                    ),
                ),
            ],
            options={
                "verbose_name": "chuyên mục",
                "verbose_name_plural": "chuyên mục",
                "ordering": ["order", "name"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="category",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="news.category",
                verbose_name="chuyên mục",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="further_categories",
            field=models.ManyToManyField(
                blank=True,
                help_text="Bài cũng hiện trong danh sách của các chuyên mục này.",
                related_name="further_articles",
                to="news.category",
                verbose_name="chuyên mục khác",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="events",
            field=models.ManyToManyField(blank=True, related_name="articles", to="news.event", verbose_name="sự kiện"),
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "image",
                    models.ImageField(
                        height_field="height", max_length=200, upload_to="", verbose_name="tệp ảnh", width_field="width"
                    ),
                ),
                (
                    "original_name",
                    models.CharField(blank=True, editable=False, max_length=255, verbose_name="tên tệp gốc"),
                ),
                (
                    "caption",
                    models.TextField(
                        blank=True,
                        help_text="Câu hiện dưới ảnh. Từng bài có thể ghi chú thích khác.",
                        max_length=500,
                        verbose_name="chú thích",
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="Trong ảnh có gì? Trình đọc màn hình đọc câu này thay cho ảnh; đừng chép lại chú thích.",
                        max_length=300,
                        verbose_name="mô tả cho người không nhìn thấy ảnh",
                    ),
                ),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Hiện sau chú thích, dạng “Ảnh: …”.",
                        max_length=120,
                        verbose_name="người chụp",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="chiều rộng")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="chiều cao")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="tải lên lúc")),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tải lên",
                    ),
                ),
            ],
            options={
                "verbose_name": "ảnh",
                "verbose_name_plural": "thư viện ảnh",
                "ordering": ["-uploaded_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="news.photo",
                verbose_name="ảnh",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_photo",
            field=models.ForeignKey(
                blank=True,
                help_text="Ảnh hiện trong danh sách tin và khi chia sẻ bài.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lead_of",
                to="news.photo",
                verbose_name="ảnh đại diện",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="photos",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="used_in", to="news.photo", verbose_name="ảnh trong bài"
            ),
        ),
        migrations.CreateModel(
            name="RelatedArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(default=100, verbose_name="thứ tự")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related_links", to="news.article"
                    ),
                ),
                (
                    "related",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_from_links",
                        to="news.article",
                        verbose_name="tin liên quan",
                    ),
                ),
            ],
            options={
                "verbose_name": "tin liên quan",
                "verbose_name_plural": "tin liên quan",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ArticleStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("draft", "Nháp"),
                            ("submitted", "Chờ duyệt"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt"),
                            ("withdrawn", "Đã gỡ"),
                        ],
                        max_length=12,
                        verbose_name="từ",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Nháp"),
                            ("submitted", "Chờ duyệt"),
                            ("returned", "Trả lại"),
                            ("approved", "Đã duyệt"),
                            ("withdrawn", "Đã gỡ"),
                        ],
                        max_length=12,
                        verbose_name="đến",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="lý do")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lúc")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
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
            ],
            options={
                "verbose_name": "bước của bài viết",
                "verbose_name_plural": "các bước của bài viết",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="article",
            name="related",
            field=models.ManyToManyField(
                blank=True,
                related_name="related_from",
                through="news.RelatedArticle",
                to="news.article",
                verbose_name="tin liên quan",
            ),
        ),
        migrations.CreateModel(
            name="SiteIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(default="Cổng thông tin điện tử", max_length=160, verbose_name="tên cổng")),
                (
                    "short_name",
                    models.CharField(
                        blank=True,
                        help_text="Hiện trên thẻ trình duyệt và trên điện thoại. Để trống thì dùng tên cổng.",
                        max_length=40,
                        verbose_name="tên ngắn",
                    ),
                ),
                ("governing_body", models.CharField(blank=True, max_length=160, verbose_name="cơ quan chủ quản")),
                ("slogan", models.CharField(blank=True, max_length=160, verbose_name="khẩu hiệu")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="địa chỉ")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9 +().,/;–-]*$", "Số điện thoại chỉ gồm chữ số, dấu cách và dấu + ( ) . , / ; -"
                            )
                        ],
                        verbose_name="điện thoại",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                (
                    "responsible_person",
                    models.CharField(
                        blank=True,
                        help_text="Họ tên và chức vụ.",
                        max_length=160,
                        verbose_name="người chịu trách nhiệm",
                    ),
                ),
                (
                    "licence_line",
                    models.TextField(
                        blank=True,
                        help_text="Số giấy phép, cơ quan cấp, ngày cấp.",
                        max_length=400,
                        verbose_name="dòng giấy phép",
                    ),
                ),
                (
                    "reply_deadline_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="Số ngày làm việc kể từ khi nhận ý kiến.",
                        verbose_name="hạn trả lời ý kiến",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        help_text="Một ảnh vuông trong thư viện ảnh.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="news.photo",
                        verbose_name="biểu trưng",
                    ),
                ),
            ],
            options={
                "verbose_name": "thông tin đơn vị",
                "verbose_name_plural": "thông tin đơn vị",
            },
        ),
        migrations.AddField(
            model_name="article",
            name="source",
            field=models.ForeignKey(
                blank=True,
                help_text="Hiện cuối bài, dạng “Theo BHT”.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="news.source",
                verbose_name="nguồn tin",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=models.ManyToManyField(blank=True, related_name="articles", to="news.tag", verbose_name="thẻ"),
        ),
        migrations.CreateModel(
            name="TickerItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Để trống thì lấy tên bài viết được chọn.",
                        max_length=250,
                        verbose_name="dòng tin",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="hoặc địa chỉ khác")),
                (
                    "order",
                    models.PositiveIntegerField(default=100, help_text="Số nhỏ chạy trước.", verbose_name="thứ tự"),
                ),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True, help_text="Để trống thì chạy ngay.", null=True, verbose_name="từ lúc"
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True, help_text="Để trống thì chạy đến khi gỡ.", null=True, verbose_name="đến lúc"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticker_items",
                        to="news.article",
                        verbose_name="bài viết",
                    ),
                ),
            ],
            options={
                "verbose_name": "tin chạy",
                "verbose_name_plural": "tin chạy",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True),
                    ("starts_at__isnull", True),
                    ("ends_at__gte", models.F("starts_at")),
                    _connector="OR",
                ),
                name="event_ends_after_it_starts",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.UniqueConstraint(
                fields=("article", "related"),
                name="related_article_once",
                violation_error_message="Bài này đã được chọn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("article", models.F("related")), _negated=True),
                name="article_not_related_to_itself",
                violation_error_message="Bài không thể liên quan đến chính nó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="siteidentity",
            constraint=models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_site_identity"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["status", "published_at", "id", "expires_at", "updated_at"], name="article_in_time"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("category"),
                models.F("status"),
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="article_category_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "approved"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="approved_article_has_publication_time",
                violation_error_message="Bài đã duyệt phải có giờ đăng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__isnull", True),
                    ("published_at__isnull", True),
                    ("expires_at__gt", models.F("published_at")),
                    _connector="OR",
                ),
                name="article_expires_after_publication",
                violation_error_message="Giờ hết hạn phải sau giờ đăng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tickeritem",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("text", ""), _negated=True), ("article__isnull", False), _connector="OR"),
                name="ticker_item_has_text_or_article",
                violation_error_message="Hãy ghi dòng tin hoặc chọn một bài viết.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tickeritem",
            constraint=models.CheckConstraint(
                condition=models.Q(("url", ""), ("article__isnull", True), _connector="OR"),
                name="ticker_item_links_once",
                violation_error_message="Chỉ chọn một: bài viết hoặc địa chỉ khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tickeritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_at__isnull", True),
                    ("starts_at__isnull", True),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="ticker_item_ends_after_it_starts",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ),
    ]
