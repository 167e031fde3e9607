from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalConfig(AppConfig):
    name = "portal"


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"


EDITOR_PATH = "ckeditor/ckeditor"
UNUSED_EDITOR_PLUGINS = (
    "a11yhelp",
    "about",
    "adobeair",
    "autoembed",
    "bbcode",
    "codesnippet",
    "codesnippetgeshi",
    "colordialog",
    "copyformatting",
    "devtools",
    "docprops",
    "embed",
    "embedbase",
    "embedsemantic",
    "exportpdf",
    "flash",
    "forms",
    "iframe",
    "iframedialog",
    "image",
    "language",
    "liststyle",
    "mathjax",
    "pagebreak",
    "placeholder",
    "preview",
    "scayt",
    "sharedspace",
    "showblocks",
    "smiley",
    "sourcedialog",
    "stylesheetparser",
    "templates",
    "uicolor",
    "wsc",
)


class PortalStaticFilesConfig(StaticFilesConfig):
    """Skips files the editor never loads: unused plugins, and languages other than Vietnamese and English."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "ckeditor/galleriffic",
        "*.md",
        f"{EDITOR_PATH}/adapters/*",
        *(f"{EDITOR_PATH}/plugins/{plugin}/*" for plugin in UNUSED_EDITOR_PLUGINS),
        *(
            f"{EDITOR_PATH}/{folder}/{language}"
            for folder in ("lang", "plugins/*/lang")
            for language in ("[!ve]*", "e[!n]*")
        ),
    ]
