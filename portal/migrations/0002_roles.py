"""The three roles of a newsroom as groups. Running it again, or on a site that already has such groups, only adds."""

from django.db import migrations

ALL = ("add", "change", "delete", "view")
REPORTER = {
    "news.article": ("add", "change", "view"),
    "news.attachment": ALL,
    "news.relatedarticle": ALL,
    "news.photo": ("add", "change", "view"),
    "news.tag": ("add", "view"),
    "news.category": ("view",),
    "news.event": ("view",),
    "news.source": ("view",),
}
EDITOR = {
    "news.article": (*ALL, "publish"),
    "news.attachment": ALL,
    "news.relatedarticle": ALL,
    "news.photo": ALL,
    "news.tag": ALL,
    "news.category": ALL,
    "news.event": ALL,
    "news.source": ALL,
    "news.tickeritem": ALL,
}
ADMINISTRATOR = EDITOR | {
    "auth.user": ALL,
    "auth.group": ALL,
    "news.siteidentity": ("change", "view"),
    "flatpages.flatpage": ALL,
    "redirects.redirect": ALL,
}
ROLES = {"Phóng viên": REPORTER, "Biên tập viên": EDITOR, "Quản trị": ADMINISTRATOR}
VERBS = {"add": "Can add", "change": "Can change", "delete": "Can delete", "view": "Can view"}
OWN_NAMES = {"publish_article": "Được duyệt, đăng và gỡ bài viết"}


def make_roles(apps, schema_editor):
    """Permissions are made here as well: the signal that makes them comes only after all migrations."""
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*[permission(apps, database, model, action) for model, actions in rights.items() for action in actions])


def permission(apps, database, model, action):
    app_label, model_name = model.split(".")
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    content_type, _ = content_types.get_or_create(app_label=app_label, model=model_name)
    codename = f"{action}_{model_name}"
    name = OWN_NAMES.get(codename) or f"{VERBS[action]} {apps.get_model(app_label, model_name)._meta.verbose_name_raw}"
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("news", "9999_tmp_pages"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("flatpages", "0001_initial"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
