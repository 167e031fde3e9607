"""The roles of the portal as groups, and the table of saved forms. Making the roles again, or on a site that already
has such groups, only adds rights."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

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
MODERATOR = {
    "comments.comment": ("view", "moderate"),
    "comments.officialreply": ("add", "change", "view"),
    "comments.moderationevent": ("view",),
    "comments.blockedterm": ("add", "change", "view"),
}
ANALYST = {"stats.visittotal": ("view_statistics",)}
ADMINISTRATOR = (
    EDITOR
    | MODERATOR
    | ANALYST
    | {
        "comments.comment": ("view", "moderate", "see_email_of", "erase"),
        "comments.blockedterm": ALL,
        "stats.openingtotal": ("add", "view"),
        "stats.agentrule": ALL,
        "auth.user": ALL,
        "auth.group": ALL,
        "news.siteidentity": ("change", "view"),
        "flatpages.flatpage": ALL,
        "redirects.redirect": ALL,
    }
)
ROLES = {
    "Phóng viên": REPORTER,
    "Biên tập viên": EDITOR,
    "Kiểm duyệt ý kiến": MODERATOR,
    "Xem thống kê": ANALYST,
    "Quản trị": ADMINISTRATOR,
}
VERBS = {"add": "Can add", "change": "Can change", "delete": "Can delete", "view": "Can view"}


def make_roles(apps, schema_editor):
    """Makes the permissions as well, because Django makes them only after the last migration."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(
            *(
                permission(apps, schema_editor.connection.alias, label, action)
                for label, actions in rights.items()
                for action in actions
            )
        )


def permission(apps, database, label, action):
    app_label, model_name = label.split(".")
    options = apps.get_model(app_label, model_name)._meta
    own = dict(options.permissions)
    codename = action if action in own else f"{action}_{model_name}"
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    content_type, _ = content_types.get_or_create(app_label=app_label, model=model_name)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    name = own.get(codename) or f"{VERBS[action]} {options.verbose_name_raw}"
    return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
        ("comments", "0001_initial"),
        ("stats", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("flatpages", "0001_initial"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
    ]
    # Going back keeps the groups: people are members of them, and their accounts may outlive this app.
    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("object_id", models.CharField(blank=True, max_length=40)),
                ("sent_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="form_is_saved_once")],
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
