from django.urls import path

from . import views

urlpatterns = [
    path("", views.browse, name="ckeditor_browse"),
    path("tai-len/", views.upload, name="ckeditor_upload"),
    path("them/", views.add, name="photo_library_add"),
    path("<int:pk>/", views.photo, name="photo_library_photo"),
]
