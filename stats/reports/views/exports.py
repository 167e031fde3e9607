from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ...periods import Period
from ..export import CONTENT_TYPES, FileFormat, to_csv, to_xlsx, to_zip
from ..forms import PeriodForm
from ..period_data import PeriodData
from ..period_tables import TABLES, TableKey
from ..permissions import may_view_statistics

MAX_ROWS_OF_ONE_TABLE = 5_000
MAX_ROWS_OF_ALL_TABLES = 1_000  # of each table


def requested_data(request: HttpRequest, limit: int) -> PeriodData:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise BadRequest("not a period of the dashboard")
    return PeriodData(form.period, form.step, limit)


@require_safe
@may_view_statistics
def export_table(request: HttpRequest, key: str, file_format: str) -> HttpResponse:
    if key not in TABLES or file_format not in (FileFormat.CSV, FileFormat.XLSX):
        raise Http404
    data = requested_data(request, MAX_ROWS_OF_ONE_TABLE)
    table = TABLES[TableKey(key)](data)
    content = to_csv(table) if file_format == FileFormat.CSV else to_xlsx([table])
    return download(content, key, data.period, FileFormat(file_format))


@require_safe
@may_view_statistics
def export_all(request: HttpRequest, file_format: FileFormat) -> HttpResponse:
    data = requested_data(request, MAX_ROWS_OF_ALL_TABLES)
    tables = [make_table(data) for make_table in TABLES.values()]
    content = to_zip(tables) if file_format == FileFormat.ZIP else to_xlsx(tables)
    return download(content, "thong-ke", data.period, file_format)


def download(content: bytes, name: str, period: Period, file_format: FileFormat) -> HttpResponse:
    file_name = f"{name}_{period.first}_{period.last}.{file_format}"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[file_format],
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
