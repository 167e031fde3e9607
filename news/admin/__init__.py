from . import photo  # noqa: F401
