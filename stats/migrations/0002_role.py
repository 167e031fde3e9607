"""The role “Xem thống kê”. Running it again, or on a site that already has such a group, only adds."""

from django.db import migrations

VIEW = ("visittotal", "view_statistics", "Xem thống kê truy cập")
OPENING = [("openingtotal", f"{action}_openingtotal", f"Can {action} số truy cập ban đầu") for action in ("add", "view")]
RULES = [("agentrule", f"{action}_agentrule", f"Can {action} quy tắc nhận máy") for action in ("add", "change", "delete", "view")]
ROLES = {"Xem thống kê": [VIEW], "Quản trị": [VIEW, *OPENING, *RULES]}


def make_roles(apps, schema_editor):
    """Permissions are made here as well: the signal that makes them comes only after all migrations."""
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*[permission(apps, database, *right) for right in rights])


def permission(apps, database, model_name, codename, name):
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    content_type, _ = content_types.get_or_create(app_label="stats", model=model_name)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("stats", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
