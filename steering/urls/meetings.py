"""Addresses of the meetings before they open."""

from __future__ import annotations

from django.urls import path, re_path

from steering.views import agenda, answer_link, answers, convocations, meetings

ONE = "meetings/<int:pk>/"
POINTS = "committees/<slug:slug>/recurring/"

urlpatterns = [
    path("meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path("meetings/new/", meetings.MeetingCreate.as_view(), name="meeting-create"),
    path(ONE, meetings.MeetingDetail.as_view(), name="meeting-detail"),
    path(f"{ONE}edit/", meetings.MeetingEdit.as_view(), name="meeting-edit"),
    path(f"{ONE}history/", meetings.MeetingHistory.as_view(), name="meeting-history"),
    path(f"{ONE}postpone/", meetings.MeetingPostpone.as_view(), name="postpone"),
    path(f"{ONE}cancel/", meetings.MeetingCancel.as_view(), name="cancel"),
    path(f"{ONE}calendar.ics", meetings.MeetingIcs.as_view(), name="meeting-ics"),
    path(f"{ONE}fill/", agenda.AgendaFill.as_view(), name="agenda-fill"),
    path(f"{ONE}items/new/", agenda.ItemCreate.as_view(), name="item-create"),
    re_path(
        r"^meetings/(?P<pk>\d{1,18})/items/(?P<item>\d{1,18})/(?P<direction>up|down)/$",
        agenda.ItemMove.as_view(),
        name="item-move",
    ),
    path(f"{ONE}items/<int:item>/remove/", agenda.ItemRemove.as_view(), name="item-remove"),
    path(f"{ONE}documents/<int:document>/remove/", agenda.DocumentRemove.as_view(), name="document-remove"),
    path("meetings/items/<int:pk>/edit/", agenda.ItemEdit.as_view(), name="item-edit"),
    path("meetings/items/<int:pk>/documents/new/", agenda.DocumentAdd.as_view(), name="document-add"),
    path("meetings/documents/<int:pk>/", agenda.DocumentFile.as_view(), name="document-file"),
    path(f"{ONE}convene/", convocations.Convene.as_view(), name="convene"),
    path(f"{ONE}rectify/", convocations.Rectify.as_view(), name="rectify"),
    path(f"{ONE}second-call/", convocations.SecondCall.as_view(), name="second-call"),
    path(f"{ONE}pack.pdf", convocations.Pack.as_view(), name="pack"),
    path(f"{ONE}regularity.pdf", convocations.Regularity.as_view(), name="regularity"),
    path(
        "meetings/convocations/<int:pk>/<str:language>.pdf",
        convocations.ConvocationFile.as_view(),
        name="convocation-file",
    ),
    path(f"{ONE}answers/", answers.AnswerList.as_view(), name="answer-list"),
    path(f"{ONE}answers/<int:seat>/", answers.AnswerEnter.as_view(), name="answer-enter"),
    path("meetings/answer/<str:token>/", answer_link.AnswerPage.as_view(), name="answer-page"),
    path(POINTS, agenda.RecurringList.as_view(), name="recurring-list"),
    path(f"{POINTS}new/", agenda.RecurringCreate.as_view(), name="recurring-create"),
    path("committees/recurring/<int:pk>/edit/", agenda.RecurringEdit.as_view(), name="recurring-edit"),
    path(f"{POINTS}<int:pk>/remove/", agenda.RecurringRemove.as_view(), name="recurring-remove"),
]
