from typing import Any

from django.db import models

from ..text.folding import slugify

ROOM_FOR_NUMBER = 5  # characters: "-9999"


def free_slug(instance: models.Model, text: str) -> str:
    """A slug of `text` that no other row of this model has: "Ung" and "Ưng" become "ung" and "ung-2"."""
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
    """A row whose address follows from its name unless an editor wrote another."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        row: Any = self  # name and slug differ in length from model to model, so each declares its own
        row.slug = row.slug or free_slug(self, row.name)
        super().save(*args, **kwargs)
