from . import blocked_terms, moderation_events, official_replies, opinions

__all__ = ["blocked_terms", "moderation_events", "official_replies", "opinions"]
