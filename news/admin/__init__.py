from . import articles, category, event, photo, site_identity, taxonomy, ticker

__all__ = ["articles", "category", "event", "photo", "site_identity", "taxonomy", "ticker"]
