from . import articles, category, event, photo, taxonomy, ticker

__all__ = ["articles", "category", "event", "photo", "taxonomy", "ticker"]
