from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .. import workflow
from ..fields import AddressSlugField, LineField, ParagraphField, RichTextField, WebAddressField
from ..media.images import name_from_url, picture_html
from ..text.cleaning import clean_text
from ..text.html import for_page, image_sources
from .article_queries import ArticleQuerySet
from .article_step import ArticleStep
from .category import Category
from .event import Event

BODY_SIZES = "(min-width: 64rem) 46rem, 100vw"  # width of the text column on a desktop, of the screen on a phone


class Article(models.Model):
    Status = workflow.Status

    class CommentMode(models.TextChoices):
        OPEN = "open", _("Nhận ý kiến")
        CLOSED = "closed", _("Chỉ hiện ý kiến đã đăng")
        HIDDEN = "hidden", _("Không có ý kiến")

    title = LineField(_("tên bài"), max_length=250)
    slug = AddressSlugField(
        _("địa chỉ"),
        filled_from="title",
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
    return_reason = ParagraphField(_("lý do trả lại hoặc gỡ"), max_length=1000, blank=True, editable=False)
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
    comments_until = models.DateField(
        _("nhận ý kiến đến ngày"),
        null=True,
        blank=True,
        help_text=_(
            "Bài nhận ý kiến đến hết ngày này, kể cả bài đã cũ. Để trống thì theo thời hạn chung, tính từ ngày đăng."
        ),
    )
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
            # Read backwards it is newest first. The last two columns let sitemaps and the archive count without
            # reading rows.
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
        with transaction.atomic():  # the row and what follows from it, such as its place in the search index
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug, self.pk])

    # ------------------------------------------------------------ state

    @property
    def is_published(self) -> bool:
        """The same rule as ArticleQuerySet.published(), for one article."""
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
        """The status in the words of editors, who tell apart whether an approved article is scheduled, live or over."""
        if self.is_scheduled:
            return str(_("Hẹn giờ"))
        if self.is_expired:
            return str(_("Hết hạn"))
        return str(_("Đang đăng") if self.is_published else self.Status(self.status).label)

    # ------------------------------------------------------------ transitions, see workflow.py

    def submit(self, *, by: User | None = None) -> None:
        self.move(workflow.SUBMIT, by=by)

    def recall(self, *, by: User | None = None) -> None:
        """Takes back what waits for approval; the author can write on."""
        self.move(workflow.RECALL, by=by)

    def publish(self, *, by: User | None = None) -> None:
        """Approves the article for its `published_at`; if that is empty, for now."""
        self.move(workflow.PUBLISH, by=by)

    def return_to_author(self, reason: str, *, by: User | None = None) -> None:
        self.move(workflow.RETURN, by=by, reason=reason)

    def withdraw(self, reason: str = "", *, by: User | None = None) -> None:
        """Takes the article off the page; the row stays. A person must give a reason, a program need not."""
        self.move(workflow.WITHDRAW, by=by, reason=reason or (str(workflow.REASON_BY_PROGRAM) if by is None else ""))

    def move(self, transition: workflow.Transition, *, by: User | None = None, reason: str = "") -> None:
        """Makes the transition in one UPDATE, provided that status and version of the row have not changed since this
        instance was loaded.

        The check is made on the stored row, so values of this instance that were not saved do not count. `by=None`
        stands for the system, such as an import or a command. Raises workflow.TransitionRefused.
        """
        reason = clean_text(reason).strip()
        with transaction.atomic():
            unchanged = Article.objects.filter(pk=self.pk, status=self.status, version=self.version)
            stored = unchanged.first()
            if stored is None:
                raise workflow.changed_meanwhile()
            workflow.check(transition, stored, by=by, reason=reason)
            values = stored._values_after(transition, by, reason)
            if not unchanged.update(**values):
                raise workflow.changed_meanwhile()
            ArticleStep.objects.create(
                article=stored,
                from_status=stored.status,
                to_status=transition.target,
                reason=reason if transition.needs_reason else "",
                by=by,
                at=values["updated_at"],
            )
        for name, value in values.items():
            setattr(self, name, value)

    def _values_after(self, transition: workflow.Transition, by: User | None, reason: str) -> dict[str, Any]:
        now = timezone.now()
        values = {"status": transition.target, "version": self.version + 1, "updated_by": by, "updated_at": now}
        if transition.needs_reason or transition.needs_all_parts:
            values["return_reason"] = reason if transition.needs_reason else ""
        if transition is workflow.PUBLISH:
            values |= {"approved_by": by, "published_at": self.published_at or now}
        return values

    # ------------------------------------------------------------ display

    @property
    def changed_at(self) -> datetime | None:
        """The last time readers saw a change: an article edited before its publication was new at its publication."""
        return max(self.updated_at, self.published_at) if self.published_at else None

    @property
    def body_html(self) -> SafeString:
        return mark_safe(for_page(self.body, _body_picture, str(_("Bảng, cuộn ngang được"))))  # noqa: S308 - cleaned by for_page

    @property
    def caption(self) -> str:
        return self.lead_caption or (self.lead_photo.caption if self.lead_photo else "")

    def sync_photos(self) -> None:
        """Sets `photos` to the library photos that the body shows."""
        names = [name for name in map(name_from_url, image_sources(self.body)) if name]
        self.photos.set(self.photos.model.objects.filter(image__in=names))

    def related_articles(self, limit: int = 6) -> list["Article"]:
        """First those that an editor chose, then the newest with a shared event, tag or category, in this order."""
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

    def visible_events(self) -> list[Event]:
        return [event for event in self.events.all() if event.is_visible]


def _body_picture(src: str, alt: str) -> str | None:
    name = name_from_url(src)
    return picture_html(name, alt, BODY_SIZES) if name else None
