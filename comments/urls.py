from django.urls import path, register_converter

from news.converters import RowIdConverter

from .converters import CodeConverter, TokenConverter
from .views import mail_consent, opinions, receipt, submission

register_converter(RowIdConverter, "article_id")
register_converter(CodeConverter, "opinion_code")
register_converter(TokenConverter, "receipt_token")

app_name = "comments"
urlpatterns = [
    path("<article_id:pk>/", submission.opinions, name="opinions"),
    path("<article_id:pk>/ma/", submission.new_captcha, name="captcha"),
    path("<opinion_code:code>/", opinions.opinion, name="opinion"),
    path("bien-nhan/<receipt_token:token>/", receipt.receipt, name="receipt"),
    path("bien-nhan/<receipt_token:token>/rut/", receipt.withdraw, name="withdraw"),
    path("thu/<str:token>/", mail_consent.consent, name="consent"),
]
