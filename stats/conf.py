from enum import StrEnum


class StatsMode(StrEnum):
    """Values of the setting STATS_MODE."""

    MIDDLEWARE = "middleware"  # the portal counts the requests that it answers
    BEACON = "beacon"  # a script in each page reports it, because a CDN or nginx answers most requests
    OFF = "off"
