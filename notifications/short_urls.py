"""The short address of personal links, without a language: it leads to a page in its reader's."""

from django.urls import path

from notifications.views.links import ShortLinkView

urlpatterns = [path("l/<str:token>/", ShortLinkView.as_view(), name="personal-link")]
