from . import accounts, articles, flatpages, redirects, sites

__all__ = ["accounts", "articles", "flatpages", "redirects", "sites"]
