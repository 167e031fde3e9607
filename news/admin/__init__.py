from . import article, category, event, photo, taxonomy, ticker

__all__ = ["article", "category", "event", "photo", "taxonomy", "ticker"]
