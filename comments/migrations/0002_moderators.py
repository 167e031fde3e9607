"""The role that reads, decides and answers opinions; administrators may do the same and look after personal data.

Running it again, or on a site that already has such groups, only adds. It knows no other room: "Quản trị" is found
by its name, or made here and filled by whoever else has rights to give."""

from django.db import migrations

MODERATOR = {
    "comment": ("view", "moderate"),
    "officialreply": ("add", "change", "view"),
    "moderationevent": ("view",),
    "blockedterm": ("add", "change", "view"),
}
ADMINISTRATOR = {
    "comment": ("view", "moderate", "see_email_of", "erase"),
    "officialreply": ("add", "change", "view"),
    "moderationevent": ("view",),
    "blockedterm": ("add", "change", "delete", "view"),
}
ROLES = {"Kiểm duyệt ý kiến": MODERATOR, "Quản trị": ADMINISTRATOR}
VERBS = {"add": "Can add", "change": "Can change", "delete": "Can delete", "view": "Can view"}


def make_roles(apps, schema_editor):
    """Permissions are made here as well: the signal that makes them comes only after all migrations."""
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*[permission(apps, database, model, action) for model, actions in rights.items() for action in actions])


def permission(apps, database, model_name, action):
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    content_type, _ = content_types.get_or_create(app_label="comments", model=model_name)
    codename = f"{action}_{model_name}"
    options = apps.get_model("comments", model_name)._meta
    name = dict(options.permissions).get(codename) or f"{VERBS[action]} {options.verbose_name_raw}"
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
