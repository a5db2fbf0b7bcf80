"""Meetings: the list, the file of one meeting with its agenda, and what becomes of it before it opens."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.permissions import history_rights, reads_figures
from core.lists import ListView
from core.trail import Trail
from core.views.history import HistoryMixin
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering import permissions
from steering.documents import calendar
from steering.domain import agenda, convocations, meetings, notice, sitting
from steering.enums import ItemKind, MeetingState
from steering.exports.meetings import MEETINGS as EXPORT
from steering.forms.meetings import MeetingEditForm, MeetingForm, MeetingReasonForm, PostponeForm, hours_of
from steering.history.meetings import TRAIL, WITHOUT_ITEMS
from steering.lists.meetings import MEETINGS
from steering.models import AgendaItem, Committee, ItemDocument, Meeting, Seat

MOST_ACTIONS = 12


class MeetingList(PermissionMixin, ListView):
    """Every meeting that this reader may see, the last ones first."""

    permission = staticmethod(permissions.can_read)
    spec = MEETINGS
    export = EXPORT
    template_name = "steering/meetings/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Meeting.objects.visible_to(self.request.user).select_related("committee", "second_call_of")
        return rows.annotate(item_count=Count("items"))

    def may_create(self) -> bool:
        return permissions.can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class MeetingPage(ScopedObjectMixin):
    """A page about one meeting; strangers get 404."""

    permission = staticmethod(permissions.can_read)
    model = Meeting

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("committee__secretariat", "act", "second_call_of")

    def get_success_url(self) -> str:
        return reverse("steering:meeting-detail", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**frame_of(self.request.user, self.object), **kwargs)  # type: ignore[misc, no-any-return]


def frame_of(user: Any, meeting: Meeting) -> dict[str, Any]:
    """What the meeting's frame (`steering/meeting_base.html`) is given, whatever the tab."""
    return {
        "meeting": meeting,
        "can_write": permissions.can_write(user),
        "reads_history": reads_figures(user),
        "second_call": Meeting.objects.visible_to(user).filter(second_call_of=meeting).first(),
        "may_cancel": meetings.may_cancel(meeting),
    }


class MeetingDetail(MeetingPage, TemplateView):
    """The agenda, when and where, the letters. A confidential item shows its number to those who may not read it."""

    template_name = "steering/meetings/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.object, self.request.user
        items = items_for(user, meeting)
        shown = [item for item in items if item.is_shown]
        act = meeting.act or meeting.committee.act_on(meeting.day)
        writes = permissions.can_write(user)
        return super().get_context_data(
            tab="agenda",
            items=items,
            total=agenda.total_minutes(items) if writes else agenda.total_minutes(shown),
            planned_minutes=int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
            open_actions=self._actions(shown),
            act=act,
            notice=notice.of(act, meeting),
            today=timezone.localdate(),
            letters=list(meeting.convocations.all()),
            stale=convocations.differs(meeting) if writes else [],
            unapproved=agenda.unapproved(meeting) if writes and agenda.is_open(meeting) else [],
            may_change=writes and agenda.is_open(meeting),
            is_open_for_correction=writes and meeting.state in meetings.CORRECTED_FREELY,
            own_seats=own_seats(user, meeting),
            cancelling=meetings.cancelling(meeting),
            sees_people=permissions.can_see_people(user),
            **kwargs,
        )

    def _actions(self, shown: list[AgendaItem]) -> dict[str, Any] | None:
        """What is open and overdue now, for the item that the portal fills."""
        if not any(item.kind == ItemKind.ACTIONS for item in shown):
            return None
        rows = agenda.open_actions(self.object.committee, on=timezone.localdate())
        listed = list(rows[:MOST_ACTIONS])
        count = rows.count() if len(listed) == MOST_ACTIONS else len(listed)
        return {"rows": listed, "count": count, "more": count - len(listed)}


def items_for(user: Any, meeting: Meeting) -> list[Any]:
    """The items in their order, each with `is_shown`; documents come only with what is shown."""
    shown = set(AgendaItem.objects.visible_to(user).filter(meeting=meeting).values_list("pk", flat=True))
    rows = meeting.items.select_related("rapporteur", "approves__meeting").prefetch_related(
        Prefetch("documents", queryset=ItemDocument.objects.select_related("file")),
        Prefetch("readers", queryset=Seat.objects.select_related("organisation").order_by("rank", "id")),
    )
    items: list[Any] = list(rows.order_by("position", "id"))
    for item in items:
        item.is_shown = item.pk in shown
    return items


def own_seats(user: Any, meeting: Meeting) -> list[Seat]:
    """The seats in which the reader holds a mandate on the meeting's day: those for which he answers."""
    if not permissions.is_member(user) or meeting.state != MeetingState.CONVENED:
        return []
    mandates = sitting.mandates_of(user, on=meeting.day, committee=meeting.committee)
    return list({mandate.seat_id: mandate.seat for mandate in mandates}.values())


class MeetingHistory(HistoryMixin, MeetingPage, TemplateView):
    """Who did what, when and why: staff with old and new values, auditors without items, letters and answers."""

    permission = staticmethod(reads_figures)
    template_name = "steering/meetings/history.html"
    rights = staticmethod(history_rights)
    extra_context = {"tab": "history"}

    @property
    def trail(self) -> Trail:  # type: ignore[override]
        return TRAIL if permissions.can_write(self.request.user) else WITHOUT_ITEMS


class MeetingCreate(PermissionMixin, FormPage):
    """Plan a meeting: it gets its number, and an agenda that begins with what the last one left open."""

    permission = staticmethod(permissions.can_write)
    form_class = MeetingForm
    heading = _("Plan a meeting")
    explanation = _(
        "It gets the next number of its committee. Its agenda begins with the minutes to approve, the open actions and "
        "the recurring points."
    )
    submit = _("Plan the meeting")
    success_message = _("The meeting is planned. Nobody is called to it yet.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        committee = Committee.objects.filter(slug=self.request.GET.get("committee", "")).first()
        return {"committee": committee.pk} if committee else {}

    def perform(self, form: MeetingForm) -> Meeting:
        values = form.changes()
        return meetings.plan(committee=values.pop("committee"), actor=self.request.user, now=timezone.now(), **values)

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("steering:meeting-list")
        return reverse("steering:meeting-detail", args=[self.result.pk])


class MeetingEdit(MeetingPage, FormPage):
    """Correct a meeting to which nobody is called; a postponed one gets its date."""

    permission = staticmethod(permissions.can_write)
    form_class = MeetingEditForm
    heading = _("Correct the meeting")
    submit = _("Save")
    success_message = _("The meeting is saved.")

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "place_fr", "place_ar", "from_paper", "version")
        return {name: getattr(self.object, name) for name in names} | hours_of(self.object)

    def perform(self, form: MeetingEditForm) -> Meeting:
        return meetings.update(
            meeting=self.object,
            version=form.version,
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )


class MeetingPostpone(MeetingPage, FormPage):
    """Put a convened meeting off, to a day or until its date is fixed."""

    permission = staticmethod(permissions.can_write)
    form_class = PostponeForm
    heading = _("Postpone the meeting")
    explanation = _(
        "Everybody who was called is told. The answers are kept, marked with the day for which they were given; a new "
        "letter calls the meeting once its date is settled."
    )
    submit = _("Postpone the meeting")
    success_message = _("The meeting is postponed; those who were called are told.")
    once = True

    def perform(self, form: PostponeForm) -> Meeting:
        return meetings.postpone(meeting=self.object, actor=self.request.user, now=timezone.now(), **form.changes())


class MeetingCancel(MeetingPage, FormPage):
    """A meeting that is not held."""

    permission = staticmethod(permissions.can_write)
    form_class = MeetingReasonForm
    heading = _("Cancel the meeting")
    explanation = _("Whoever was called is told. The meeting keeps its number and stays in the list.")
    submit = _("Cancel the meeting")
    success_message = _("The meeting is cancelled.")
    once = True

    def perform(self, form: MeetingReasonForm) -> Meeting:
        reason = form.cleaned_data["reason"]
        return meetings.cancel(meeting=self.object, reason=reason, actor=self.request.user, now=timezone.now())


class MeetingIcs(MeetingPage, View):
    """The day for one's own calendar."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        content = calendar.meeting_calendar(self.object, now=timezone.now())
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="REUNION-{self.object.pk}.ics"'
        return response
