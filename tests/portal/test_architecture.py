"""Rules of the structure that import-linter and ruff do not check."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
MAY_REFER_TO = {
    "news": {"news"},
    "comments": {"comments", "news"},
    "stats": {"stats", "news"},
    "portal": {"portal", "news", "comments", "stats"},
}
SOURCE_FOLDERS = [*MAY_REFER_TO, "templates", "static", "tests", "benchmarks", "deploy"]
MAX_LINES = 350
MAX_MODULES = 16  # in a package, beside those that every Django app has
DJANGO_MODULES = {
    "__init__",
    "admin",
    "apps",
    "context_processors",
    "forms",
    "management",
    "migrations",
    "middleware",
    "models",
    "templatetags",
    "urls",
    "views",
}


def source_files(*endings: str) -> Iterator[Path]:
    for folder in SOURCE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and "migrations" not in path.parts:
                yield path


@pytest.mark.parametrize("app", MAY_REFER_TO)
def test_modules_of_an_app_import_each_other_without_a_circle(app: str):
    """Imports under TYPE_CHECKING and inside functions count too."""
    graph = grimp.build_graph(app, exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: sorted(graph.find_modules_directly_imported_by(module)) for module in sorted(graph.modules)}
    assert first_cycle(imports) == []


def first_cycle(imports: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_circle_of_imports_is_found():
    assert first_cycle({"a": ["b"], "b": ["c"], "c": ["b"]}) == ["b", "c", "b"]


def test_no_source_file_is_longer_than_350_lines():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files(".py", ".css", ".js", ".html")
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_no_package_has_more_than_16_modules():
    packages: dict[Path, set[str]] = {}
    for path in source_files(".py"):
        module = path.parent if path.name == "__init__.py" else path
        packages.setdefault(module.parent, set()).add(module.stem)
    large = {
        str(package.relative_to(ROOT)): len(modules - DJANGO_MODULES)
        for package, modules in packages.items()
        if package != ROOT and len(modules - DJANGO_MODULES) > MAX_MODULES
    }
    assert large == {}


def test_foreign_keys_point_only_to_apps_that_may_be_imported():
    ours = set(MAY_REFER_TO)
    crossings = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ours
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model._meta.app_label in ours - MAY_REFER_TO[model._meta.app_label]
    ]
    assert crossings == []


def test_no_model_uses_generic_relations():
    generic = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in MAY_REFER_TO
        for field in model._meta.private_fields
        if field
    ]
    assert generic == []
