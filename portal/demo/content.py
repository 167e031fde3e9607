"""The texts of the demo, read from the TOML files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@cache
def site() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "site.toml").read_text(encoding="utf-8"))


@cache
def articles() -> list[dict[str, Any]]:
    """Every public article, oldest first, each with the slug of its category."""
    found = [
        {"category": path.stem, **entry}
        for path in sorted((FOLDER / "articles").glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    ]
    return sorted(found, key=lambda entry: (entry["published"], entry["key"]))


@cache
def opinions() -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / "opinions.toml").read_text(encoding="utf-8"))["opinion"]


@cache
def pictures() -> list[dict[str, str]]:
    """The library: key, alt, caption and credit of every picture. Articles give it captions of their own."""
    return tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))["picture"]
