"""The minutes of a meeting: how they read, their papers, the sending, the approval."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.permissions import history_rights
from core.errors import DomainError
from core.files import PDF, WORD
from core.views.files import handed_over
from core.views.history import HistoryMixin
from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering.documents import changes
from steering.documents.minutes import minutes_pdf
from steering.documents.minutes_paper import compose
from steering.documents.minutes_word import minutes_docx
from steering.domain import minutes, notes, reading, recording, remarks, sitting, translations
from steering.domain.minutes import LANGUAGES, Printing
from steering.domain.record import Record
from steering.enums import MinutesState
from steering.forms.minutes import RemarkForm, SendForm, TranslationForm
from steering.history.minutes import TRAIL
from steering.models import AgendaItem, Mandate, Meeting, Minutes, MinutesFile, MinutesText, Remark
from steering.permissions import can_answer, can_read, can_see_people, can_write
from steering.views.meetings import frame_of


class MeetingPage(ScopedObjectMixin):
    """A page about the minutes of one meeting."""

    permission = staticmethod(can_read)
    model = Meeting

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("committee", "act", "chaired_by__person", "second_call_of")

    def get_success_url(self) -> str:
        return reverse("steering:minutes", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        frame = frame_of(user, getattr(self, "meeting", self.object)) | {
            "tab": "minutes",
            "sees_people": can_see_people(user),
        }
        return super().get_context_data(**frame | kwargs)  # type: ignore[misc, no-any-return]


class MinutesPage(MeetingPage, TemplateView):
    """What was entered, put together: the text, where it stands, its papers, the remarks."""

    template_name = "steering/minutes/minutes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.object, self.request.user
        found = reading.of(meeting, user)
        if found is None:
            return super().get_context_data(minutes=minutes.of(meeting), paper=None, **kwargs)
        now = timezone.now()
        paper = compose(found.printing(language=get_language() or "fr", now=now))
        return super().get_context_data(
            minutes=found.minutes,
            text=found.text,
            paper=paper,
            texts=list(MinutesText.objects.filter(minutes=found.minutes.pk).order_by("-number")),
            kept=self._kept(found.minutes),
            **self._remarks(found.minutes),
            **(self._work(found) if can_write(user) else {}),
            **kwargs,
        )

    def _kept(self, found: Minutes) -> list[MinutesFile]:
        """The papers that were sent, newest first; those with confidential items for the secretariat alone."""
        rows = MinutesFile.objects.filter(text__minutes=found.pk).select_related("file", "text")
        if not can_write(self.request.user):
            rows = rows.filter(is_whole=False)
        return list(rows.order_by("-text__number", "language", "-is_whole"))

    def _remarks(self, found: Minutes) -> dict[str, Any]:
        """The remarks that this reader may see, and the form for one's own."""
        now, user = timezone.now(), self.request.user
        rows = readable_remarks(self.object, found, user)
        open_ = found.remarks_until is not None and found.state == "remarks"
        in_time = bool(open_ and found.remarks_until and now <= found.remarks_until)
        own = remarking_mandates(self.object, user)
        form = None
        if in_time and can_answer(user) and own.exists():
            form = RemarkForm(mandates=own, items=readable_items(self.object, user))
        return {"remarks": rows, "in_time": in_time, "remark_form": form}

    def _work(self, found: reading.Reading) -> dict[str, Any]:
        """What the secretariat has to do."""
        meeting, last = self.object, minutes.newest_text(found.minutes)
        frozen = found.minutes.state == MinutesState.APPROVED
        return {
            "missing": [] if frozen else translations.missing(found.record),
            "to_send_by": minutes.to_send_by(meeting),
            "is_changed": bool(last and not frozen and found.record.sha256 != last.sha256),
            "approval": None if frozen else minutes.approved_by(found.minutes),
            "open_remarks": remarks.open_count(found.minutes) if found.minutes.pk else 0,
            "can_note": meeting.state in notes.OPEN_STATES,
            "today": timezone.localdate(),
        }


def readable_items(meeting: Meeting, user: Any) -> models.QuerySet[AgendaItem]:
    return AgendaItem.objects.visible_to(user).filter(meeting=meeting).order_by("position", "id")


def readable_remarks(meeting: Meeting, found: Minutes, user: Any) -> list[Remark]:
    """All of them, but not those on an item that the reader may not read."""
    rows = Remark.objects.filter(minutes=found.pk).select_related("item", "seat__organisation", "mandate__person")
    if not can_write(user):
        shown = models.Q(item__isnull=True) | models.Q(item__in=readable_items(meeting, user))
        rows = rows.filter(shown)
    return list(rows)


def remarking_mandates(meeting: Meeting, user: Any) -> models.QuerySet[Mandate]:
    """In whose name somebody may remark today: a member in the own one, the secretariat in any."""
    today = timezone.localdate()
    if can_write(user):
        rows = Mandate.objects.in_force(on=today).filter(seat__in=sitting.seats_on(meeting.committee, on=today))
    else:
        rows = sitting.mandates_of(user, on=today, committee=meeting.committee)
    return rows.select_related("seat__organisation", "person").order_by("seat__rank", "seat_id", "kind", "id")


class MinutesHistory(HistoryMixin, MeetingPage, TemplateView):
    """Who sent, settled and froze what, and when."""

    template_name = "steering/minutes/history.html"
    trail = TRAIL
    rights = staticmethod(history_rights)

    def get_object(self) -> Any:
        self.meeting = super().get_object()
        return self.meeting

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.object = minutes.of(self.meeting)
        return super().get_context_data(**kwargs)


class MinutesChanges(MeetingPage, TemplateView):
    """What differs from one text that was sent to the next; for the secretariat also from the last one to today's."""

    template_name = "steering/minutes/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.object, self.request.user
        found = reading.of(meeting, user)
        if found is None or not found.minutes.pk:
            raise Http404
        language, now = get_language() or "fr", timezone.now()
        kept = [
            (text, self._printing(text, found, language))
            for text in MinutesText.objects.filter(minutes=found.minutes).order_by("number")
        ]
        steps = [
            {"from": old, "to": new, "changes": changes.between(before, after)}
            for (old, before), (new, after) in pairwise(kept)
        ]
        if found.text is None and kept:
            after = found.printing(language=language, now=now)
            steps.append({"from": kept[-1][0], "to": None, "changes": changes.between(kept[-1][1], after)})
        return super().get_context_data(steps=steps[::-1], minutes=found.minutes, **kwargs)

    def _printing(self, text: MinutesText, found: reading.Reading, language: str) -> Printing:
        record = reading.for_reader(Record.load(text.record), self.object, self.request.user)
        return reading.Reading(record, found.minutes, text).printing(language=language, now=text.at)


# -- papers ----------------------------------------------------------------------------------------------------------
class MinutesPaper(MeetingPage, View):
    """The paper of this moment, as this person may read it. An auditor, who learns no names, reads the page."""

    permission = staticmethod(can_see_people)
    kind = PDF

    def get(self, request: HttpRequest, *args: Any, language: str, **kwargs: Any) -> HttpResponse:
        found = reading.of(self.object, request.user)
        if found is None or language not in LANGUAGES:
            raise Http404
        printing = found.printing(language=language, now=timezone.now())
        content = minutes_pdf(printing) if self.kind == PDF else minutes_docx(printing)
        ending = "pdf" if self.kind == PDF else "docx"
        response = HttpResponse(content, content_type=self.kind)
        name = f"PV-{self.object.committee.slug}-{self.object.number}-{language}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class MinutesWord(MinutesPaper):
    """The same as an editable document, for the secretariat."""

    permission = staticmethod(can_write)
    kind = WORD


class MinutesFileView(ScopedObjectMixin, View):
    """A paper as it was sent or frozen; with the confidential items for the secretariat alone."""

    permission = staticmethod(can_see_people)
    model = MinutesFile

    def get_queryset(self) -> models.QuerySet[Any]:
        user: Any = self.request.user
        rows = MinutesFile.objects.filter(text__minutes__meeting__in=Meeting.objects.visible_to(user))
        return rows.select_related("file") if can_write(user) else rows.filter(is_whole=False).select_related("file")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return handed_over(self.object.file)


# -- acts ------------------------------------------------------------------------------------------------------------
class MinutesSend(MeetingPage, FormPage):
    """To the members, for their remarks."""

    permission = staticmethod(can_write)
    form_class = SendForm
    template_name = "steering/minutes/send.html"
    heading: str | Promise = _("Send the minutes for remarks")
    explanation = _(
        "The text of this moment is kept with its papers in French and Arabic, and the members are written to. "
        "A decision or a vote is no longer corrected after that."
    )
    submit: str | Promise = _("Send to the members")
    success_message = _("The minutes are sent: the members may remark on them.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        try:
            by_the_act = minutes.deadline(self.object, now=timezone.now())
        except DomainError:
            return {}
        promised = minutes.of(self.object).remarks_until
        return {"remarks_until": max(by_the_act, promised) if promised else by_the_act}

    def perform(self, form: SendForm) -> Any:
        until = form.cleaned_data["remarks_until"]
        if until == form.initial.get("remarks_until"):
            until = None
        return minutes.send(
            meeting=self.object,
            actor=self.request.user,
            now=timezone.now(),
            printer=minutes_pdf,
            remarks_until=until,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = recording.of(self.object)
        people = minutes.addressees(self.object, on=timezone.localdate())
        words = ngettext("%(n)s person is written to.", "%(n)s persons are written to.", len(people))
        return super().get_context_data(
            missing=translations.missing(record), reach=words % {"n": len(people)}, **kwargs
        )


class MinutesApprove(MeetingPage, ActView):
    """The committee approved them: frozen."""

    permission = staticmethod(can_write)
    success_message = _("The minutes are approved and frozen; the meeting is closed.")

    def perform(self) -> Any:
        return minutes.approve(meeting=self.object, actor=self.request.user, now=timezone.now(), printer=minutes_pdf)


class MinutesTranslate(MeetingPage, FormPage):
    """A passage that has no translation gets one."""

    permission = staticmethod(can_write)
    form_class = TranslationForm
    heading = _("Write the missing translation")
    submit = _("Save the translation")
    success_message = _("The translation is saved.")

    def get_object(self) -> Any:
        meeting = super().get_object()
        kind, row, language = self.kwargs["kind"], self.kwargs["row"], self.kwargs["language"]
        lacking = translations.missing(recording.of(meeting))
        self.passage = next(
            (each for each in lacking if (each.kind, each.pk, each.language) == (kind, row, language)), None
        )
        if self.passage is None and self.request.method == "GET":
            raise Http404
        return meeting

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"language": self.kwargs["language"]}

    def perform(self, form: TranslationForm) -> Any:
        translations.translate(
            meeting=self.object,
            kind=self.kwargs["kind"],
            pk=self.kwargs["row"],
            language=self.kwargs["language"],
            text=form.cleaned_data["text"],
            actor=self.request.user,
            now=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | ({"explanation": self.passage.original} if self.passage else {})
