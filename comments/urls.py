from django.urls import path, register_converter

from news.converters import RowIdConverter

from . import letter_views, views
from .converters import CodeConverter, TokenConverter

register_converter(RowIdConverter, "article_id")
register_converter(CodeConverter, "opinion_code")
register_converter(TokenConverter, "receipt_token")

app_name = "comments"
urlpatterns = [
    path("<article_id:pk>/", views.opinions, name="opinions"),
    path("<article_id:pk>/ma/", views.code, name="code"),
    path("<opinion_code:code>/", views.opinion, name="opinion"),
    path("bien-nhan/<receipt_token:token>/", views.receipt, name="receipt"),
    path("bien-nhan/<receipt_token:token>/rut/", views.withdraw, name="withdraw"),
    path("thu/<str:token>/", letter_views.consent, name="consent"),
]
