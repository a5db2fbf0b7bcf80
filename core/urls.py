"""Addresses of the library itself: the theme and the gallery."""

from django.urls import path

from core.views.gallery import GalleryView
from core.views.theme import theme

app_name = "core"
urlpatterns = [
    path("theme/", theme, name="theme"),
    path("gallery/", GalleryView.as_view(), name="gallery"),
]
