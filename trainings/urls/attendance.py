"""Addresses of attendance: the room on a phone, the ledger on a laptop."""

from __future__ import annotations

from django.urls import path

from trainings.views import attendance, room

urlpatterns = [
    path("room/", room.RoomHome.as_view(), name="room-home"),
    path("room/<int:pk>/", room.RoomHalfDay.as_view(), name="room-half-day"),
    path("room/<int:pk>/mark/", room.RoomMark.as_view(), name="room-mark"),
    path("room/<int:pk>/all/", room.RoomAll.as_view(), name="room-all"),
    path("room/<int:pk>/undo/", room.RoomUndo.as_view(), name="room-undo"),
    path("room/<int:pk>/close/", room.RoomClose.as_view(), name="room-close"),
    path("room/<int:pk>/sheet.pdf", room.Sheet.as_view(), name="sheet"),
    path("trainings/sessions/<slug:slug>/attendance/", attendance.AttendanceTab.as_view(), name="attendance-tab"),
    path(
        "trainings/half-days/<int:pk>/correct/<int:registration>/",
        attendance.CorrectionPropose.as_view(),
        name="correction-propose",
    ),
    path("trainings/corrections/<int:pk>/confirm/", attendance.CorrectionConfirm.as_view(), name="correction-confirm"),
    path("trainings/corrections/<int:pk>/reject/", attendance.CorrectionReject.as_view(), name="correction-reject"),
]
