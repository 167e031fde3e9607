from django.db import migrations, models
import django.db.models.deletion

import news.models.search_entry
from news.search.backends import postgresql, sqlite


def create_index(apps, schema_editor):
    statements = postgresql.CREATE_STATEMENTS if schema_editor.connection.vendor == "postgresql" else sqlite.CREATE_STATEMENTS
    for statement in statements:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":  # the triggers go with their table, which is dropped next
        schema_editor.execute(f"DROP TABLE {sqlite.TABLE}")


class Migration(migrations.Migration):
    dependencies = [("news", "0002_attachment_text")]

    operations = [
        migrations.RemoveField(model_name="article", name="search_text"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="news.article")),
                ("newness", models.BigIntegerField()),
                ("status", models.CharField(max_length=12)),
                ("expires_at", models.DateTimeField(null=True)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("text", models.TextField()),
                ("labels", models.TextField()),
                ("tokens", news.models.search_entry.TokensField()),
                ("written_at", models.DateTimeField(auto_now=True)),
            ],
            options={"verbose_name": "bài trong chỉ mục tìm kiếm", "verbose_name_plural": "bài trong chỉ mục tìm kiếm", "default_permissions": ()},
        ),
        migrations.RunPython(create_index, drop_index),
    ]
