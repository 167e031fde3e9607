from django.urls import path

from . import photo_library

urlpatterns = [
    path("", photo_library.browse, name="ckeditor_browse"),
    path("tai-len/", photo_library.upload, name="ckeditor_upload"),
    path("them/", photo_library.add, name="photo_library_add"),
    path("<int:pk>/", photo_library.photo, name="photo_library_photo"),
]
