from django.urls import path, register_converter

from news.converters import RowIdConverter

from .converters import CodeConverter, TokenConverter
from .views import mail_consent, opinions

register_converter(RowIdConverter, "article_id")
register_converter(CodeConverter, "opinion_code")
register_converter(TokenConverter, "receipt_token")

app_name = "comments"
urlpatterns = [
    path("<article_id:pk>/", opinions.opinions, name="opinions"),
    path("<article_id:pk>/ma/", opinions.code, name="code"),
    path("<opinion_code:code>/", opinions.opinion, name="opinion"),
    path("bien-nhan/<receipt_token:token>/", opinions.receipt, name="receipt"),
    path("bien-nhan/<receipt_token:token>/rut/", opinions.withdraw, name="withdraw"),
    path("thu/<str:token>/", mail_consent.consent, name="consent"),
]
