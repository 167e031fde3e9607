"""What import-linter cannot see: who points at whom in the database."""

from django.apps import apps

ALLOWED = {
    "news": {"news"},
    "comments": {"comments", "news"},
    "stats": {"stats", "news"},
    "portal": {"portal", "news", "comments", "stats"},
}


def test_foreign_keys_stay_within_the_rooms_that_may_know_each_other():
    ours = set(ALLOWED)
    crossings = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model._meta.app_label in ours - ALLOWED[model._meta.app_label]
    ]
    assert crossings == []


def test_nothing_of_ours_uses_generic_relations():
    generic = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ALLOWED
        for field in model._meta.private_fields
        if field
    ]
    assert generic == []
