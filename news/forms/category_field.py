from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from ..models import Category, CategoryTree

INDENT = "— "


def indented(category: Category, depth: int) -> str:
    return f"{INDENT * depth}{category.name}"


class TreeIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for category, depth in getattr(self.field, "tree", None) or CategoryTree.load():
            yield ModelChoiceIteratorValue(self.field.prepare_value(category), category), indented(category, depth)


class CategoryField(forms.ModelChoiceField):
    iterator = TreeIterator
    tree: CategoryTree | None = None  # set by a form whose view has loaded the tree already
