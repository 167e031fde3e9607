from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..fields import LineField, ParagraphField, RichTextField, WebAddressField
from ..media.images import name_from_url, picture_html
from ..text.folding import slugify
from ..text.html import for_page, image_sources
from .category import Category, CategoryTree
from .changes import AnnouncingQuerySet

if TYPE_CHECKING:
    from .event import Event

BODY_SIZES = "(min-width: 64rem) 46rem, 100vw"  # the text column on a desktop, the screen on a phone


def midnight(day: date) -> datetime:
    """The moment the day begins in Vietnam."""
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


class ArticleQuerySet(AnnouncingQuerySet["Article"]):
    def published(self, before: datetime | None = None) -> Self:
        """What readers may see at this moment: approved, begun and not over. No job has to run for it.

        `before` asks for what was published by then. It takes the place of the bound by this moment: of two upper
        bounds SQLite looks up one in the index, and walks through all articles between.
        """
        now = timezone.now()
        begun = Q(published_at__lt=before) if before and before <= now else Q(published_at__lte=now)
        return self.filter(begun, Q(expires_at__isnull=True) | Q(expires_at__gt=now), status=Article.Status.APPROVED)

    def published_within(self, first: date, last: date) -> Self:
        """Published from the first day to the last, both included."""
        return self.published(before=midnight(last + timedelta(days=1))).filter(published_at__gte=midnight(first))

    def scheduled(self) -> Self:
        return self.filter(status=Article.Status.APPROVED, published_at__gt=timezone.now())

    def expired(self) -> Self:
        return self.filter(status=Article.Status.APPROVED, expires_at__lte=timezone.now())

    def drafts(self) -> Self:
        return self.filter(status__in=[Article.Status.DRAFT, Article.Status.RETURNED])

    def awaiting_approval(self) -> Self:
        return self.filter(status=Article.Status.SUBMITTED)

    def withdrawn(self) -> Self:
        return self.filter(status=Article.Status.WITHDRAWN)

    def written_by(self, user: User) -> Self:
        return self.filter(author=user)

    def in_category(self, category: Category, tree: CategoryTree | None = None) -> Self:
        """Articles whose category, or one of whose further categories, is this one or lies below it."""
        ids = (tree or CategoryTree.load()).ids_within(category)
        further = Article.further_categories.through.objects.filter(category_id__in=ids).values("article_id")
        return self.filter(Q(category_id__in=ids) | Q(pk__in=further))

    def pinned(self) -> Self:
        return self.filter(pinned_until__gt=timezone.now())

    def pinned_first(self) -> Self:
        pinned = Case(When(pinned_until__gt=timezone.now(), then=Value(0)), default=Value(1))
        return self.order_by(pinned, "-published_at", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("published_at", "pk")

    def newer_than(self, article: "Article") -> Self:
        return self.filter(
            Q(published_at__gt=article.published_at) | Q(published_at=article.published_at, pk__gt=article.pk)
        )

    def older_than(self, article: "Article") -> Self:
        return self.filter(
            Q(published_at__lt=article.published_at) | Q(published_at=article.published_at, pk__lt=article.pk)
        )

    def for_cards(self) -> Self:
        """All that a list of articles shows, and no more."""
        return self.select_related("category", "lead_photo").defer("body", "return_reason")

    def for_page(self) -> Self:
        return self.select_related("category", "lead_photo", "source").prefetch_related("tags", "events", "attachments")

    def for_feed(self) -> Self:
        """The whole article, as it is read away from the site."""
        shown = self.select_related("category", "lead_photo", "source").prefetch_related("tags", "attachments")
        return shown.defer("return_reason")


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Nháp")
        SUBMITTED = "submitted", _("Chờ duyệt")
        RETURNED = "returned", _("Trả lại")
        APPROVED = "approved", _("Đã duyệt")
        WITHDRAWN = "withdrawn", _("Đã gỡ")

    class CommentMode(models.TextChoices):
        OPEN = "open", _("Nhận ý kiến")
        CLOSED = "closed", _("Chỉ hiện ý kiến đã đăng")
        HIDDEN = "hidden", _("Không có ý kiến")

    title = LineField(_("tên bài"), max_length=250)
    slug = models.SlugField(
        _("địa chỉ"),
        max_length=140,
        blank=True,
        help_text=_(
            "Phần chữ của địa chỉ trang. Để trống thì lấy theo tên bài; sửa về sau thì địa chỉ cũ vẫn dẫn về bài."
        ),
    )
    summary = ParagraphField(
        _("sapo"),
        max_length=1000,
        blank=True,
        help_text=_("Đoạn in đậm mở đầu bài, cũng hiện trong danh sách tin. Nên dài một đến hai câu."),
    )
    body = RichTextField(_("nội dung"), blank=True)
    lead_photo = models.ForeignKey(
        "news.Photo",
        models.PROTECT,
        verbose_name=_("ảnh đại diện"),
        related_name="lead_of",
        null=True,
        blank=True,
        help_text=_("Ảnh hiện trong danh sách tin và khi chia sẻ bài."),
    )
    lead_caption = ParagraphField(
        _("chú thích riêng cho ảnh đại diện"),
        max_length=500,
        blank=True,
        help_text=_("Để trống thì dùng chú thích trong thư viện ảnh."),
    )
    show_lead_photo = models.BooleanField(
        _("hiện ảnh đại diện đầu bài"), default=True, help_text=_("Bỏ chọn nếu ảnh đã có trong nội dung.")
    )
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("chuyên mục"), related_name="articles")
    further_categories = models.ManyToManyField(
        Category,
        verbose_name=_("chuyên mục khác"),
        related_name="further_articles",
        blank=True,
        help_text=_("Bài cũng hiện trong danh sách của các chuyên mục này."),
    )
    tags = models.ManyToManyField("news.Tag", verbose_name=_("thẻ"), related_name="articles", blank=True)
    events = models.ManyToManyField("news.Event", verbose_name=_("sự kiện"), related_name="articles", blank=True)
    related = models.ManyToManyField(
        "self",
        verbose_name=_("tin liên quan"),
        symmetrical=False,
        related_name="related_from",
        through="RelatedArticle",
        blank=True,
    )
    photos = models.ManyToManyField(
        "news.Photo", verbose_name=_("ảnh trong bài"), related_name="used_in", blank=True, editable=False
    )
    byline = LineField(_("tác giả"), max_length=120, blank=True, help_text=_("Tên hoặc bút danh hiện cuối bài."))
    source = models.ForeignKey(
        "news.Source",
        models.PROTECT,
        verbose_name=_("nguồn tin"),
        related_name="articles",
        null=True,
        blank=True,
        help_text=_("Hiện cuối bài, dạng “Theo BHT”."),
    )
    source_url = WebAddressField(
        _("link gốc"), max_length=500, blank=True, help_text=_("Địa chỉ của bài ở trang nguồn.")
    )
    status = models.CharField(_("trạng thái"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    return_reason = ParagraphField(_("lý do trả lại"), max_length=1000, blank=True, editable=False)
    published_at = models.DateTimeField(
        _("giờ đăng"),
        null=True,
        blank=True,
        help_text=_("Giờ Việt Nam. Để trống thì lấy lúc duyệt; giờ ở tương lai thì bài tự hiện đúng lúc đó."),
    )
    expires_at = models.DateTimeField(
        _("hết hạn lúc"),
        null=True,
        blank=True,
        help_text=_("Đến giờ này bài tự rời khỏi trang. Để trống nếu đăng lâu dài."),
    )
    is_featured = models.BooleanField(_("tin nổi bật"), default=False, help_text=_("Có thể hiện ở phần đầu trang chủ."))
    pinned_until = models.DateTimeField(
        _("ghim đến lúc"),
        null=True,
        blank=True,
        help_text=_("Đứng đầu trang chủ cho đến giờ này rồi tự trở lại thứ tự thường."),
    )
    comment_mode = models.CharField(_("ý kiến góp ý"), max_length=8, choices=CommentMode, default=CommentMode.OPEN)
    author = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người viết"), related_name="articles", null=True, editable=False
    )
    approved_by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người duyệt"), related_name="+", null=True, editable=False
    )
    updated_by = models.ForeignKey(
        "auth.User", models.SET_NULL, verbose_name=_("người sửa cuối"), related_name="+", null=True, editable=False
    )
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)
    updated_at = models.DateTimeField(_("sửa lần cuối"), auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài viết")
        verbose_name_plural = _("bài viết")
        ordering = ["-published_at", "-pk"]
        base_manager_name = (
            "objects"  # so that `category.articles.add(…)`, which Django makes an update, is announced too
        )
        permissions = [("publish_article", _("Được duyệt, đăng và gỡ bài viết"))]
        indexes = [
            # Read backwards it is newest first; the last two let sitemaps and the archive count without looking at rows.
            models.Index(fields=["status", "published_at", "id", "expires_at", "updated_at"], name="article_in_time"),
            models.Index(
                F("category"), F("status"), F("published_at").desc(), F("id").desc(), name="article_category_newest"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="approved_article_has_publication_time",
                condition=~Q(status="approved") | Q(published_at__isnull=False),
                violation_error_message=_("Bài đã duyệt phải có giờ đăng."),
            ),
            models.CheckConstraint(
                name="article_expires_after_publication",
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                violation_error_message=_("Giờ hết hạn phải sau giờ đăng."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or slugify(self.title)
        with transaction.atomic():  # the row and what follows from it, such as its place in the search index
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug, self.pk])

    # ------------------------------------------------------------ state

    @property
    def is_published(self) -> bool:
        """The same rule as ArticleQuerySet.published(), for one article in hand."""
        now = timezone.now()
        return (
            self.status == self.Status.APPROVED
            and self.published_at is not None
            and self.published_at <= now
            and (self.expires_at is None or self.expires_at > now)
        )

    @property
    def is_scheduled(self) -> bool:
        return (
            self.status == self.Status.APPROVED and self.published_at is not None and self.published_at > timezone.now()
        )

    @property
    def is_expired(self) -> bool:
        return self.status == self.Status.APPROVED and self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def state_label(self) -> str:
        """The status as an editor thinks of it: an approved article is on the page, waiting for its hour, or over."""
        if self.is_scheduled:
            return str(_("Hẹn giờ"))
        if self.is_expired:
            return str(_("Hết hạn"))
        return str(_("Đang đăng") if self.is_published else self.Status(self.status).label)

    def submit(self) -> None:
        self.status = self.Status.SUBMITTED
        self.return_reason = ""
        self.save(update_fields=["status", "return_reason", "updated_at"])

    def publish(self, *, by: User | None) -> None:
        """Approves the article for its own hour; without one, for now."""
        self.status = self.Status.APPROVED
        self.approved_by = by
        self.return_reason = ""
        self.published_at = self.published_at or timezone.now()
        self.save(update_fields=["status", "approved_by", "return_reason", "published_at", "updated_at"])

    def return_to_author(self, reason: str) -> None:
        self.status = self.Status.RETURNED
        self.return_reason = reason
        self.save(update_fields=["status", "return_reason", "updated_at"])

    def withdraw(self) -> None:
        """Takes the article off the page; the row stays."""
        self.status = self.Status.WITHDRAWN
        self.save(update_fields=["status", "updated_at"])

    # ------------------------------------------------------------ display

    @property
    def changed_at(self) -> datetime | None:
        """When readers saw it change last: an article edited before its hour is new at its hour."""
        return max(self.updated_at, self.published_at) if self.published_at else None

    @property
    def body_html(self) -> SafeString:
        """The body as the reader's page shows it."""
        return mark_safe(for_page(self.body, _body_picture, str(_("Bảng, cuộn ngang được"))))  # noqa: S308 - cleaned by for_page

    @property
    def caption(self) -> str:
        return self.lead_caption or (self.lead_photo.caption if self.lead_photo else "")

    def remember_photos(self) -> None:
        """Notes which library photos the body shows, so that a photo knows where it is used."""
        names = [name for name in map(name_from_url, image_sources(self.body)) if name]
        self.photos.set(self.photos.model.objects.filter(image__in=names))

    def related_articles(self, limit: int = 6) -> list["Article"]:
        """Chosen by hand; topped up by shared event, then tag, then category."""
        published = Article.objects.published().exclude(pk=self.pk).for_cards()
        found = list(
            published.filter(related_from_links__article=self).order_by(
                "related_from_links__order", "related_from_links__pk"
            )[:limit]
        )
        for shared in self._shared_with():
            if len(found) >= limit:
                break
            taken = [article.pk for article in found]
            found += published.filter(shared).exclude(pk__in=taken).newest_first()[: limit - len(found)]
        return found

    def _shared_with(self) -> Iterable[Q]:
        for name in ("events", "tags"):
            ids = [item.pk for item in getattr(self, name).all()]
            if ids:
                yield Q(pk__in=Article.objects.filter(**{f"{name}__in": ids}).values("pk"))
        yield Q(category_id=self.category_id)

    def visible_events(self) -> list["Event"]:
        return [event for event in self.events.all() if event.is_visible]


def _body_picture(src: str, alt: str) -> str | None:
    name = name_from_url(src)
    return picture_html(name, alt, BODY_SIZES) if name else None


class RelatedArticle(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        Article, models.CASCADE, verbose_name=_("tin liên quan"), related_name="related_from_links"
    )
    order = models.PositiveIntegerField(_("thứ tự"), default=100)

    class Meta:
        verbose_name = _("tin liên quan")
        verbose_name_plural = _("tin liên quan")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "related"],
                name="related_article_once",
                violation_error_message=_("Bài này đã được chọn."),
            ),
            models.CheckConstraint(
                name="article_not_related_to_itself",
                condition=~Q(article=F("related")),
                violation_error_message=_("Bài không thể liên quan đến chính nó."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)
