import pytest

from news.models import Category, Event, Source, Tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Category, Event, Source, Tag])
def test_names_that_differ_only_in_marks_get_addresses_of_their_own(model):
    slugs = [model.objects.create(name=name).slug for name in ("Ung", "Ưng", "Ứng")]
    assert slugs == ["ung", "ung-2", "ung-3"]


@pytest.mark.parametrize("model", [Category, Event, Source, Tag])
def test_longest_name_still_gets_an_address(model):
    longest = model._meta.get_field("name").max_length
    first = model.objects.create(name="á" * longest)
    second = model.objects.create(name="a" * longest)
    assert first.slug != second.slug
    assert max(len(first.slug), len(second.slug)) <= model._meta.get_field("slug").max_length
