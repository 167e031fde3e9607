from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from .collect.beacon import record_beacon
from .models import OpeningTotal


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    return render(request, "stats/explained.html", {"opening": OpeningTotal.objects.in_force()})


@csrf_exempt  # cached pages have no token, and a forged report can only add a view
@require_http_methods(["GET", "POST"])
def beacon(request: HttpRequest) -> HttpResponse:
    record_beacon(request)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
