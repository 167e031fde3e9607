"""The only settings file. What differs between sites comes from the environment or .env (see .env.example). A missing
or weak value raises ImproperlyConfigured with a sentence that says what to set."""

from datetime import timedelta
from pathlib import Path

import django
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from .editor_config import editor_config
from .environment import MIN_SECRET_KEY_LENGTH, Environment, is_local, is_weak_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
TESTING = env.bool("TESTING", default=False)
if not TESTING:  # tests do not depend on the .env of the machine
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
LENIENT = DEBUG or DEMO or TESTING  # not a production site

# ---------------------------------------------------------------- secrets and hosts

ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
if any(host.startswith(("*", ".*")) for host in ALLOWED_HOSTS) or not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name the site's own host names, such as tin.example.vn; '*' is refused."
    )
PUBLIC_HOSTS = [host for host in ALLOWED_HOSTS if not is_local(host)]
if PUBLIC_HOSTS and (DEBUG or TESTING):
    raise ImproperlyConfigured(
        "DEBUG and TESTING show secrets to every reader, "
        f"so they are refused where ALLOWED_HOSTS has {PUBLIC_HOSTS[0]}. "
        "Remove them from the environment and .env."
    )

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY and LENIENT and not PUBLIC_HOSTS:
    SECRET_KEY = "không dùng khoá này cho trang thật; chỉ để chạy thử trên máy mình"  # noqa: S105
elif is_weak_key(SECRET_KEY):
    raise ImproperlyConfigured(
        f"SECRET_KEY is missing or weak. Put a random value of at least {MIN_SECRET_KEY_LENGTH} characters into "
        "the environment or .env, for example the output of: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )
# Former keys: receipts and links in mails that were made with them stay valid.
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
if any(map(is_weak_key, SECRET_KEY_FALLBACKS)):
    raise ImproperlyConfigured(
        "SECRET_KEY_FALLBACKS lists former values of SECRET_KEY, separated by commas; one of them is weak, "
        "and whoever guesses it could forge a login. Remove it."
    )

CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

HTTPS = env.bool("HTTPS", default=not LENIENT)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]  # the container's own probe speaks plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_PRELOAD", default=False)
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise ImproperlyConfigured(
        "HSTS_PRELOAD needs HSTS_INCLUDE_SUBDOMAINS: browsers' preload list takes no domain without its subdomains."
    )
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
# Proxies whose X-Forwarded-For is believed, read from right to left: addresses, networks, or "unix" for a local
# socket. Empty: the header is ignored.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # seconds; an editor logs in once a working day
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # but for the admin: see ContentSecurityPolicyMiddleware

# ---------------------------------------------------------------- applications

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "comments.apps.CommentsConfig",
    "stats.apps.StatsConfig",
    "news.apps.NewsConfig",
    "ckeditor",
    "captcha",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.redirects",
    "portal.apps.PortalStaticFilesConfig",
]
SITE_ID = 1

MIDDLEWARE = [
    "stats.middleware.VisitMiddleware",  # before everything that can answer
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.SecurityHeadersMiddleware",
    "portal.middleware.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.BadInputMiddleware",
    "portal.middleware.KeptBodyMiddleware",
    "portal.middleware.DatabaseUnavailableMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
    "portal.middleware.MovedAddressMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "news.context_processors.site_identity",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
if "django.forms" not in INSTALLED_APPS:
    INSTALLED_APPS.append("django.forms")

# ---------------------------------------------------------------- data

SQLITE_OPTIONS = {
    # WAL lets readers work beside one writer; IMMEDIATE makes writers wait for each other instead of failing.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
}
POSTGRESQL_OPTIONS = {
    # When the server disappears without closing its connections, the 503 page comes after seconds, not minutes.
    "connect_timeout": 2,  # seconds
    "tcp_user_timeout": 5000,  # milliseconds without an acknowledgement until the kernel closes the connection
}
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": POSTGRESQL_OPTIONS | DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_OPTIONS = {
    # Without Redis pages are slower, but they come.
    "IGNORE_EXCEPTIONS": True,
    "SOCKET_CONNECT_TIMEOUT": 0.5,  # seconds
    "SOCKET_TIMEOUT": 0.5,
}
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
if "redis" in CACHES["default"]["BACKEND"].lower():
    CACHES["default"] |= {"BACKEND": "django_redis.cache.RedisCache", "OPTIONS": REDIS_OPTIONS}
# Header, menu and footer, cached for a second in the memory of each process: faster than Redis.
CACHES["template_fragments"] = {
    "BACKEND": f"django.core.cache.backends.{'dummy.DummyCache' if TESTING else 'locmem.LocMemCache'}",
    "LOCATION": "fragments",
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATIC_URL = "/static/"
DJANGO_ADMIN_STATIC = Path(django.__file__).parent / "contrib" / "admin" / "static" / "admin"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # static/admin/css imports each of the admin's stylesheets from here into a cascade layer.
    ("django-admin/css", DJANGO_ADMIN_STATIC / "css"),
    ("django-admin/img", DJANGO_ADMIN_STATIC / "img"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "portal.storage.StaticStorage"
    },
}
WHITENOISE_MAX_AGE = 3600  # seconds, for the few files whose name carries no hash

FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000  # bytes; larger uploads go through a temporary file
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000  # bytes; an article form with a body of at most 1 MB and its other fields
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

ARCHIVE_YEARS_SECONDS = 0 if TESTING else 60  # the list of years is cached: counting a million articles is slow

# ---------------------------------------------------------------- visit statistics

# "middleware" counts every page that Django serves; "beacon" lets the reader's browser report, for a site behind a CDN
# or nginx's page cache; "off" counts nothing.
STATS_MODE = env.choice("STATS_MODE", ("middleware", "beacon", "off"), default="off" if TESTING else "middleware")
# On a local disk: one line a request until the drainer has added it up. All processes of a machine share it.
STATS_SPOOL_DIR = Path(env.str("STATS_SPOOL_DIR", default=str(BASE_DIR / "spool")))
STATS_SPOOL_FILE_SIZE = 8 * 1024 * 1024  # bytes; a minute of a busy site, and read in one go
STATS_DRAIN_IN_WORKERS = not TESTING  # one gunicorn worker drains; off where `manage.py stats_drain --loop` runs
STATS_DRAIN_SECONDS = 5  # between two rounds: "online now" looks at five minutes
STATS_LATE = timedelta(minutes=2)  # since the last drain; then the dashboard warns that numbers are out of date
STATS_WIDGET_WORD = "visits"  # or "views": what today and total in the public counter mean
# How long a process caches the public counter: with the drainer's 5 seconds it is never a minute late.
STATS_WIDGET_SECONDS = 0 if TESTING else 20
STATS_MOST_READ_SECONDS = 0 if TESTING else 300  # the order of a week's articles changes slowly
STATS_DETAIL_DAYS = 400  # a year and a month, so that "same time last year" has its days
STATS_VISITOR_HOURS = 48  # long enough for lines of yesterday that the drainer reads late

# ---------------------------------------------------------------- feeds and sitemaps

SITEMAP_SECONDS = 0 if TESTING else 300  # how long the sitemap's index is cached; its parts are not

# ---------------------------------------------------------------- accounts

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # where the log-in leads if `next` is empty or another site

# ---------------------------------------------------------------- language and time

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# ---------------------------------------------------------------- mail and logs

vars().update(env.mail("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10  # seconds; a mail server that does not answer must not delay the other mails
# Commands that send mail have no request to take the site's address from.
SITE_URL = env.str(
    "SITE_URL", default=f"https://{PUBLIC_HOSTS[0]}" if PUBLIC_HOSTS else "http://127.0.0.1:8000"
).rstrip("/")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="cong-tin@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},  # a logger without any handler falls back to stderr
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},  # scanners, hundreds a day
    },
}

# ---------------------------------------------------------------- opinions (every number: comments/conf.py)

COMMENTS = {"close_after_days": env.int("COMMENTS_CLOSE_AFTER_DAYS", default=365)}  # 0 = never
CAPTCHA_LETTER_ROTATION = (-18, 18)  # degrees; rotated further, an X looks like a Y

# ---------------------------------------------------------------- content security policy

PUBLIC_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "manifest-src": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}
ADMIN_POLICY = PUBLIC_POLICY | {"frame-src": [SELF], "frame-ancestors": [SELF]}
# CKEditor 4 writes style attributes and a few on… attributes; no inline <script> is ever needed.
EDITOR_POLICY = ADMIN_POLICY | {
    "script-src-attr": [UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

# ---------------------------------------------------------------- the editor

SILENCED_SYSTEM_CHECKS = [
    # CKEditor 4 is past its end of life. Its four open vulnerabilities (CVE-2024-24815, 24816, 43407, 43411) are in the
    # preview page, full-page editing and the version check, all of which are off below; a test checks this list.
    "ckeditor.W001",
    # No HSTS preload by default: it covers the whole registered domain, other agencies' subdomains too, and takes
    # months to undo. HSTS_PRELOAD=1 switches it on.
    "security.W021",
]

CKEDITOR_BASEPATH = "/static/ckeditor/ckeditor/"
CKEDITOR_CONFIGS = {"default": editor_config(STATIC_URL)}
