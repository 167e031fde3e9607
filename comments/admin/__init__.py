from . import comment, lists

__all__ = ["comment", "lists"]
