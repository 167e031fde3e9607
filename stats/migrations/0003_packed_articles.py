"""Months of articles move into packs. Days stay rows, and `stats_retain` packs them: so a month's pack begins with those
of its views whose day is no longer kept."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Sum

import stats.fields

DELETED = 0


def carry_over(apps, schema_editor):
    database = schema_editor.connection.alias

    def rows(name):
        return apps.get_model("stats", name).objects.using(database)

    list(rows("VisitTotal").select_for_update())  # whoever still counts with the older release waits
    for month in list(rows("ArticleMonth").order_by("month").values_list("month", flat=True).distinct()):
        of_month = rows("ArticleMonth").filter(month=month)
        by_day = rows("ArticleViews").filter(day__year=month.year, day__month=month.month)
        kept = dict(by_day.values_list("article").annotate(Sum("views")).order_by())
        sums = of_month.values_list("article").annotate(Sum("views")).order_by()
        left = {article or DELETED: views - kept.get(article, 0) for article, views in sums if views > kept.get(article, 0)}
        if left:
            rows("PackedMonth").create(day=month, views=left)
    totals = rows("ArticleMonth").exclude(article=None).values_list("article").annotate(Sum("views")).order_by()
    total = apps.get_model("stats", "ArticleTotal")
    rows("ArticleTotal").bulk_create([total(article_id=article, views=views) for article, views in totals], batch_size=5_000)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0001_initial"),
        ("stats", "0002_role"),
    ]
    operations = [
        migrations.CreateModel(
            name="PackedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="ngày")),
                ("views", stats.fields.CountsField(verbose_name="lượt xem theo bài")),
            ],
            options={
                "verbose_name": "lượt xem bài của ngày đã đóng",
                "verbose_name_plural": "lượt xem bài của các ngày đã đóng",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PackedMonth",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="ngày")),
                ("views", stats.fields.CountsField(verbose_name="lượt xem theo bài")),
            ],
            options={
                "verbose_name": "lượt xem bài theo tháng",
                "verbose_name_plural": "lượt xem bài theo tháng",
                "abstract": False,
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("day__day", 1)), name="packed_month_begins_on_the_first")],
            },
        ),
        migrations.CreateModel(
            name="ArticleTotal",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="news.article", verbose_name="bài viết")),
                ("views", models.BigIntegerField(default=0, verbose_name="lượt xem")),
            ],
            options={
                "verbose_name": "tổng lượt xem của bài",
                "verbose_name_plural": "tổng lượt xem của các bài",
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("views__gte", 0)), name="article_total_not_negative")],
            },
        ),
        migrations.RunPython(carry_over),
        migrations.DeleteModel(name="ArticleMonth"),
    ]
