"""Pages below /admin/ that belong to no model. portal/urls.py includes them before the URLs of the admin site."""

from django.urls import path

from .export import FileFormat
from .views.dashboard import dashboard, live_status
from .views.exports import export_all, export_table
from .views.monthly_report import monthly_report

app_name = "thong-ke"
urlpatterns = [
    path("thong-ke/", dashboard, name="dashboard"),
    path("thong-ke/luc-nay/", live_status, name="now"),
    path("thong-ke/xuat/tat-ca.xlsx", export_all, {"file_format": FileFormat.XLSX}, name="export_all_xlsx"),
    path("thong-ke/xuat/tat-ca.zip", export_all, {"file_format": FileFormat.ZIP}, name="export_all_zip"),
    path("thong-ke/xuat/<slug:key>.<slug:file_format>", export_table, name="export_table"),
    path("bao-cao-truy-cap/", monthly_report, name="report"),
]
