"""The full-text index over SearchEntry. The statements are a copy of those in news/search/backends at this release, so
that the migration goes on making the same index when they change."""

from django.db import migrations

CREATE = {
    "postgresql": [
        "CREATE INDEX news_searchentry_tokens ON news_searchentry USING gin (tokens) WITH (fastupdate = off)",
        "ALTER TABLE news_searchentry ALTER COLUMN tokens SET STATISTICS 0, "
        "ALTER COLUMN tokens SET STORAGE EXTERNAL, ALTER COLUMN text SET STORAGE EXTERNAL, "
        "ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN summary SET STORAGE MAIN",
        "ALTER TABLE news_searchentry SET (toast_tuple_target = 128)",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE news_searchwords USING fts5(tokens, content='news_searchentry', "
        "content_rowid='newness', detail=none, columnsize=0, tokenize=\"ascii tokenchars '_:*'\")",
        "CREATE TRIGGER news_searchentry_inserted AFTER INSERT ON news_searchentry BEGIN "
        "INSERT INTO news_searchwords(rowid, tokens) VALUES (new.newness, new.tokens); END",
        "CREATE TRIGGER news_searchentry_deleted AFTER DELETE ON news_searchentry BEGIN "
        "INSERT INTO news_searchwords(news_searchwords, rowid, tokens) "
        "VALUES ('delete', old.newness, old.tokens); END",
        "CREATE TRIGGER news_searchentry_updated AFTER UPDATE OF newness, tokens ON news_searchentry BEGIN "
        "INSERT INTO news_searchwords(news_searchwords, rowid, tokens) VALUES ('delete', old.newness, old.tokens); "
        "INSERT INTO news_searchwords(rowid, tokens) VALUES (new.newness, new.tokens); END",
    ],
}
DROP = {
    "postgresql": [
        "ALTER TABLE news_searchentry RESET (toast_tuple_target)",
        "ALTER TABLE news_searchentry ALTER COLUMN tokens SET STATISTICS -1, "
        "ALTER COLUMN tokens SET STORAGE EXTENDED, ALTER COLUMN text SET STORAGE EXTENDED, "
        "ALTER COLUMN title SET STORAGE EXTENDED, ALTER COLUMN summary SET STORAGE EXTENDED",
        "DROP INDEX news_searchentry_tokens",
    ],
    "sqlite": [
        "DROP TRIGGER news_searchentry_inserted",
        "DROP TRIGGER news_searchentry_deleted",
        "DROP TRIGGER news_searchentry_updated",
        "DROP TABLE news_searchwords",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]
    operations = [migrations.RunPython(create_index, drop_index)]
