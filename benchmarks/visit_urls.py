from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

handler404 = "benchmarks.visit_urls.missing"


def page(request: HttpRequest, number: int = 0) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Trang</title>")


def moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("<!doctype html><title>404</title>", status=404)


urlpatterns = [path("", page), path("trang/<int:number>/", page), path("da-chuyen/", moved)]
