"""Addresses of the room: the page of a meeting while it runs, and its acts."""

from __future__ import annotations

from django.urls import path

from steering.views import decisions, presence, room

ROOM = "meetings/<int:pk>/room/"
ITEM = "meetings/items/<int:pk>/"
DECISION = "meetings/decisions/<int:pk>/"

urlpatterns = [
    path(ROOM, room.Room.as_view(), name="room"),
    path(f"{ROOM}open/", room.RoomOpen.as_view(), name="room-open"),
    path(f"{ROOM}paper/", room.RoomPaper.as_view(), name="room-paper"),
    path(f"{ROOM}no-quorum/", room.RoomNoQuorum.as_view(), name="room-no-quorum"),
    path(f"{ROOM}lift/", room.RoomLift.as_view(), name="room-lift"),
    path(f"{ROOM}reopen/", room.RoomReopen.as_view(), name="room-reopen"),
    path(f"{ROOM}arrive/<int:mandate>/", presence.Arrive.as_view(), name="room-arrive"),
    path(f"{ROOM}proxies/<int:seat>/", presence.ProxyGive.as_view(), name="proxy-give"),
    path(f"{ROOM}guests/new/", presence.GuestAdd.as_view(), name="guest-add"),
    path("meetings/presences/<int:pk>/depart/", presence.Depart.as_view(), name="room-depart"),
    path("meetings/presences/<int:pk>/edit/", presence.PresenceCorrect.as_view(), name="presence-correct"),
    path("meetings/presences/<int:pk>/remove/", presence.PresenceRemove.as_view(), name="presence-remove"),
    path("meetings/proxies/<int:pk>/end/", presence.ProxyEnd.as_view(), name="proxy-end"),
    path("meetings/guests/<int:pk>/edit/", presence.GuestEdit.as_view(), name="guest-edit"),
    path("meetings/guests/<int:pk>/leave/", presence.GuestLeave.as_view(), name="guest-leave"),
    path("meetings/guests/<int:pk>/remove/", presence.GuestRemove.as_view(), name="guest-remove"),
    path(f"{ITEM}start/", decisions.ItemStart.as_view(), name="item-start"),
    path(f"{ITEM}treat/", decisions.ItemTreat.as_view(), name="item-treat"),
    path(f"{ITEM}postpone/", decisions.ItemPostpone.as_view(), name="item-postpone"),
    path(f"{ITEM}reopen/", decisions.ItemReopen.as_view(), name="item-reopen"),
    path(f"{ITEM}recusals/new/", decisions.RecusalDeclare.as_view(), name="recusal-declare"),
    path("meetings/recusals/<int:pk>/withdraw/", decisions.RecusalWithdraw.as_view(), name="recusal-withdraw"),
    path(f"{ITEM}decisions/new/", decisions.DecisionPrepare.as_view(), name="decision-prepare"),
    path(f"{DECISION}edit/", decisions.DecisionEdit.as_view(), name="decision-edit"),
    path(f"{DECISION}withdraw/", decisions.DecisionWithdraw.as_view(), name="decision-withdraw"),
    path(f"{DECISION}decide/", decisions.DecisionDecide.as_view(), name="decision-decide"),
    path(f"{DECISION}reopen/", decisions.DecisionReopen.as_view(), name="decision-reopen"),
    path(f"{DECISION}votes/", decisions.DecisionVote.as_view(), name="decision-vote"),
    path(f"{DECISION}reservations/new/", decisions.ReservationAdd.as_view(), name="reservation-add"),
    path("meetings/ballots/<int:pk>/edit/", decisions.BallotCorrect.as_view(), name="ballot-correct"),
    path("meetings/reservations/<int:pk>/remove/", decisions.ReservationRemove.as_view(), name="reservation-remove"),
]
