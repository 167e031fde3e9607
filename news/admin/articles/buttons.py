"""Names of the buttons of the article's form, as they come in the POST data."""

from collections.abc import Container

from ...workflow import TRANSITIONS, Transition

OVERWRITE = "_overwrite"
TO_UNICODE = "_to_unicode"


def pressed_transition(data: Container[str]) -> Transition | None:
    return next((transition for transition in TRANSITIONS if f"_{transition.name}" in data), None)
