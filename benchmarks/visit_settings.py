"""The portal's settings around a site of two tiny pages: what is measured or broken is the counter, not the pages."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.visit_urls"
MIDDLEWARE = ["stats.middleware.VisitMiddleware"]
SILENCED_SYSTEM_CHECKS += ["admin.E408", "admin.E409", "admin.E410"]  # noqa: F405 - the admin is not part of this site
STATS_DRAIN_SECONDS = 0.2  # so that draining meets every fault
