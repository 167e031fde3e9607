from . import accounts, pages

__all__ = ["accounts", "pages"]
