"""Addresses of the minutes."""

from __future__ import annotations

from django.urls import path

from steering.views import minutes, notes, remarks

ONE = "meetings/<int:pk>/minutes/"
ITEM = "meetings/items/<int:pk>/note/"

urlpatterns = [
    path(ONE, minutes.MinutesPage.as_view(), name="minutes"),
    path(f"{ONE}history/", minutes.MinutesHistory.as_view(), name="minutes-history"),
    path(f"{ONE}changes/", minutes.MinutesChanges.as_view(), name="minutes-changes"),
    path(f"{ONE}paper/<str:language>.pdf", minutes.MinutesPaper.as_view(), name="minutes-pdf"),
    path(f"{ONE}paper/<str:language>.docx", minutes.MinutesWord.as_view(), name="minutes-word"),
    path("minutes/files/<int:pk>/", minutes.MinutesFileView.as_view(), name="minutes-file"),
    path(f"{ONE}send/", minutes.MinutesSend.as_view(), name="minutes-send"),
    path(f"{ONE}approve/", minutes.MinutesApprove.as_view(), name="minutes-approve"),
    path(
        f"{ONE}translate/<str:kind>/<int:row>/<str:language>/",
        minutes.MinutesTranslate.as_view(),
        name="minutes-translate",
    ),
    path(f"{ONE}remarks/new/", remarks.RemarkAdd.as_view(), name="remark-add"),
    path("minutes/remarks/<int:pk>/settle/", remarks.RemarkSettle.as_view(), name="remark-settle"),
    path("meetings/<int:pk>/notes/", notes.NoteList.as_view(), name="note-list"),
    path(ITEM, notes.NoteEdit.as_view(), name="note-edit"),
    path(f"{ITEM}revisions/", notes.NoteRevisions.as_view(), name="note-revisions"),
    path(f"{ITEM}revisions/<int:revision>/take-back/", notes.NoteRestore.as_view(), name="note-restore"),
]
