"""Django's stylesheets are in a cascade layer below ours; one outside it would override every layered rule of ours."""

from pathlib import Path

import django

ORIGINALS = Path(django.__file__).parent / "contrib/admin/static/admin/css"
LAYERED = Path(__file__).resolve().parents[3] / "static/admin/css"


def stylesheets(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*.css")}


def test_every_stylesheet_of_django_has_a_layered_twin_and_no_twin_is_left_over():
    assert stylesheets(LAYERED) == stylesheets(ORIGINALS)


def test_every_twin_imports_its_original_into_the_layer():
    for path in stylesheets(LAYERED):
        up = "../" * (len(path.parts) + 1)
        expected = f'@import url("{up}django-admin/css/{path.as_posix()}") layer(django);'
        assert (LAYERED / path).read_text().splitlines()[-1] == expected
