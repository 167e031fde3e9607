from django.urls import path

from . import views

app_name = "stats"
urlpatterns = [
    path("thong-ke/", views.explained, name="explained"),
    path("thong-ke/dem", views.beacon, name="beacon"),
]
