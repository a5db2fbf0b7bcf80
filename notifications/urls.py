"""Addresses under `/messages/`, and the page of personal links that open nothing."""

from django.urls import path

from notifications.views import batches, demo, links, messages

app_name = "notifications"

urlpatterns = [
    path("messages/", messages.MessageListView.as_view(), name="message-list"),
    path("messages/<int:pk>/", messages.MessageDetailView.as_view(), name="message-detail"),
    path("messages/<int:pk>/resend/", messages.MessageResendView.as_view(), name="message-resend"),
    path("messages/<int:pk>/cancel/", messages.MessageCancelView.as_view(), name="message-cancel"),
    path("messages/batches/", batches.BatchListView.as_view(), name="batch-list"),
    path("messages/batches/<int:pk>/", batches.BatchDetailView.as_view(), name="batch-detail"),
    path("messages/batches/<int:pk>/hold/", batches.BatchHoldView.as_view(), name="batch-hold"),
    path("messages/batches/<int:pk>/release/", batches.BatchReleaseView.as_view(), name="batch-release"),
    path("messages/batches/<int:pk>/drop/", batches.BatchDropView.as_view(), name="batch-drop"),
    path("messages/demo/", demo.DemoMailListView.as_view(), name="demo-mail-list"),
    path("messages/demo/<int:pk>/", demo.DemoMailDetailView.as_view(), name="demo-mail-detail"),
    path("messages/demo/<int:pk>/files/<int:number>/", demo.DemoMailFileView.as_view(), name="demo-mail-file"),
    path("links/<str:token>/", links.LinkRenewView.as_view(), name="link-renew"),
]
