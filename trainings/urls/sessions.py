"""Addresses of trainings and sessions: the staff's, and what everybody reads."""

from __future__ import annotations

from django.urls import path

from trainings.views import (
    histories,
    parts,
    people,
    planning,
    proposals,
    public,
    session_forms,
    sessions,
    trainings,
)

FILE = "trainings/sessions/<slug:slug>/"
ACTS = ("propose", "publish", "open", "close", "held")

urlpatterns = [
    path("trainings/catalogue/", trainings.TrainingList.as_view(), name="training-list"),
    path("trainings/catalogue/new/", trainings.TrainingCreate.as_view(), name="training-create"),
    path("trainings/catalogue/<int:pk>/", trainings.TrainingDetail.as_view(), name="training-detail"),
    path("trainings/catalogue/<int:pk>/history/", histories.TrainingHistory.as_view(), name="training-history"),
    path("trainings/catalogue/<int:pk>/edit/", trainings.TrainingEdit.as_view(), name="training-edit"),
    path("trainings/sessions/", sessions.SessionList.as_view(), name="session-list"),
    path("trainings/sessions/new/", session_forms.SessionCreate.as_view(), name="session-create"),
    path(FILE, sessions.SessionDetail.as_view(), name="session-detail"),
    path(f"{FILE}edit/", session_forms.SessionEdit.as_view(), name="session-edit"),
    path(f"{FILE}cancel/", session_forms.SessionCancel.as_view(), name="session-cancel"),
    path(f"{FILE}history/", histories.SessionHistory.as_view(), name="session-history"),
    *[path(f"{FILE}{act}/", session_forms.SessionAct.as_view(act=act), name=f"session-{act}") for act in ACTS],
    path(f"{FILE}send-back/", proposals.SendBack.as_view(), name="session-send-back"),
    path(f"{FILE}postpone/", planning.Postpone.as_view(), name="session-postpone"),
    path(f"{FILE}fix-date/", planning.FixDate.as_view(), name="session-fix-date"),
    path(f"{FILE}copy/", planning.Clone.as_view(), name="session-clone"),
    path(f"{FILE}check/", planning.PlanCheck.as_view(), name="session-check"),
    path("trainings/sessions/half-days/<int:pk>/fit/", planning.HalfDayFit.as_view(), name="half-day-fit"),
    path("proposals/", proposals.ProposalList.as_view(), name="proposal-list"),
    path("proposals/new/", proposals.ProposalCreate.as_view(), name="proposal-create"),
    path("proposals/<slug:slug>/", proposals.ProposalEdit.as_view(), name="proposal-edit"),
    path("proposals/<slug:slug>/withdraw/", proposals.ProposalWithdraw.as_view(), name="proposal-withdraw"),
    path(f"{FILE}parts/new/", parts.PartCreate.as_view(), name="part-create"),
    path("trainings/sessions/parts/<int:pk>/edit/", parts.PartEdit.as_view(), name="part-edit"),
    path("trainings/sessions/parts/<int:pk>/remove/", parts.PartRemove.as_view(), name="part-remove"),
    path("trainings/sessions/parts/<int:pk>/propose/", parts.HalfDaysPropose.as_view(), name="half-days-propose"),
    path("trainings/sessions/parts/<int:pk>/half-days/new/", parts.HalfDayCreate.as_view(), name="half-day-create"),
    path("trainings/sessions/half-days/<int:pk>/edit/", parts.HalfDayEdit.as_view(), name="half-day-edit"),
    path("trainings/sessions/half-days/<int:pk>/remove/", parts.HalfDayRemove.as_view(), name="half-day-remove"),
    path(f"{FILE}trainers/", people.TrainerList.as_view(), name="trainer-list"),
    path(f"{FILE}trainers/add/", people.TrainerAdd.as_view(), name="trainer-add"),
    path("trainings/sessions/trainers/<int:pk>/remove/", people.TrainerRemove.as_view(), name="trainer-remove"),
    path(f"{FILE}questions/", people.QuestionList.as_view(), name="question-list"),
    path("trainings/sessions/questions/<int:pk>/edit/", people.QuestionEdit.as_view(), name="question-edit"),
    path("trainings/sessions/questions/<int:pk>/remove/", people.QuestionRemove.as_view(), name="question-remove"),
    path("trainings/sessions/questions/<int:pk>/up/", people.QuestionUp.as_view(), name="question-up"),
    path("sessions/", public.Calendar.as_view(), name="calendar"),
    path("sessions/feed.ics", public.CalendarFeed.as_view(), name="calendar-feed"),
    path("sessions/<slug:slug>/", public.PublicSession.as_view(), name="session-public"),
    path("sessions/<slug:slug>/session.ics", public.SessionCalendar.as_view(), name="session-ics"),
]
