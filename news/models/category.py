from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..fields import AddressSlugField, LineField, ParagraphField


class Category(models.Model):
    name = LineField(_("tên"), max_length=80)
    slug = AddressSlugField(
        _("địa chỉ"),
        filled_from="name",
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Phần cuối của địa chỉ trang, chỉ gồm chữ không dấu, số và gạch nối. Để trống thì lấy theo tên."),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("thuộc chuyên mục"),
        related_name="children",
        null=True,
        blank=True,
        help_text=_("Để trống nếu là chuyên mục cấp một."),
    )
    description = ParagraphField(
        _("giới thiệu"),
        max_length=500,
        blank=True,
        help_text=_("Một hai câu hiện dưới tên chuyên mục và trên trang tìm kiếm."),
    )
    order = models.PositiveIntegerField(
        _("thứ tự"), default=100, help_text=_("Số nhỏ đứng trước, trên thực đơn cũng như trên trang chủ.")
    )
    in_menu = models.BooleanField(_("có trên thực đơn"), default=True)
    on_home = models.BooleanField(
        _("có trên trang chủ"),
        default=True,
        help_text=_("Trang chủ dành một khối cho chuyên mục này và các chuyên mục con của nó."),
    )

    class Meta:
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:category", args=[self.slug])

    def clean(self) -> None:
        if self.pk and self.parent_id and self.parent_id in CategoryTree.load().ids_within(self):
            raise ValidationError(
                {"parent": _("Chuyên mục không thể nằm trong chính nó hay trong chuyên mục con của nó.")}
            )


class CategoryTree:
    """All categories in the order set by editors, loaded by one query. An agency has tens of them, never thousands."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.by_id = {category.pk: category for category in categories}
        self.children: dict[int | None, list[Category]] = defaultdict(list)
        for category in self.by_id.values():
            self.children[category.parent_id].append(category)

    @classmethod
    def load(cls) -> Self:
        return cls(Category.objects.all())

    @property
    def roots(self) -> list[Category]:
        return self.children[None]

    def __iter__(self) -> Iterator[tuple[Category, int]]:
        """Yields every category with its depth, parents before children."""
        waiting = [(category, 0) for category in reversed(self.roots)]
        while waiting:
            category, depth = waiting.pop()
            yield category, depth
            waiting += [(child, depth + 1) for child in reversed(self.children[category.pk])]

    def ids_within(self, category: Category) -> list[int]:
        ids = [category.pk]
        for pk in ids:
            ids += [
                child.pk for child in self.children[pk] if child.pk not in ids
            ]  # rows that form a cycle do not loop for ever
        return ids

    def path_to(self, category: Category | None) -> list[Category]:
        path: list[Category] = []
        while category is not None and category not in path:
            path.insert(0, category)
            category = self.by_id.get(category.parent_id) if category.parent_id else None
        return path
