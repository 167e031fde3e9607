"""The portal's settings with minimal pages, so that only the counter is measured."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.visit_urls"
MIDDLEWARE = ["stats.middleware.VisitMiddleware"]
SILENCED_SYSTEM_CHECKS += ["admin.E408", "admin.E409", "admin.E410"]  # noqa: F405 - the admin is not part of this site
STATS_DRAIN_SECONDS = 0.2  # often, so that every failure happens during a round
