from typing import Any

from django.db import models

from ..text.folding import slugify

ROOM_FOR_NUMBER = 5  # characters: "-9999"


def free_slug(instance: models.Model, text: str) -> str:
    """A slug that no other row of the model has: "Ung" and "Ưng" become "ung" and "ung-2"."""
    longest: int = getattr(instance._meta.get_field("slug"), "max_length")  # noqa: B009 - unknown to mypy
    wanted = slugify(text, max_length=longest - ROOM_FOR_NUMBER)
    others = type(instance)._default_manager.exclude(pk=instance.pk)
    taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class Slugged(models.Model):
    """A model whose empty slug is filled in from `name` when it is saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        row: Any = self  # each model declares name and slug itself, because their lengths differ
        row.slug = row.slug or free_slug(self, row.name)
        super().save(*args, **kwargs)
