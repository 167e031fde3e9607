from .model_admin import ArticleAdmin

__all__ = ["ArticleAdmin"]
