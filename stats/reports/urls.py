"""Pages of the admin that are about no single table; portal/urls.py puts them before the admin's own."""

from django.urls import path

from . import views as views

app_name = "thong-ke"
urlpatterns = [
    path("thong-ke/", views.dashboard, name="dashboard"),
    path("thong-ke/luc-nay/", views.now, name="now"),
    path("thong-ke/xuat/tat-ca.xlsx", views.export_all, {"file_format": "xlsx"}, name="export_all_xlsx"),
    path("thong-ke/xuat/tat-ca.zip", views.export_all, {"file_format": "zip"}, name="export_all_zip"),
    path("thong-ke/xuat/<slug:key>.<slug:file_format>", views.export_table, name="export_table"),
    path("bao-cao-truy-cap/", views.report, name="report"),
]
