"""Notes of the items: written on one page while the meeting runs, saved as one types, with every revision."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import journal
from core.errors import DomainError, StaleObject
from core.forms import stale
from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import notes
from steering.forms.minutes import NotesForm
from steering.models import AgendaItem, ItemNote
from steering.permissions import can_write
from steering.views.meetings import frame_of
from steering.views.minutes import MeetingPage


def note_rows(meeting: Any) -> list[dict[str, Any]]:
    """Every item of a meeting with its notes, for boxes to type in."""
    items = AgendaItem.objects.filter(meeting=meeting).select_related("note__saved_by").order_by("position", "id")
    return [{"item": item, "note": getattr(item, "note", None) or ItemNote(item=item)} for item in items]


class NoteList(MeetingPage, TemplateView):
    """All notes of a meeting on one page."""

    permission = staticmethod(can_write)
    template_name = "steering/minutes/notes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_note = self.object.state in notes.OPEN_STATES
        return super().get_context_data(rows=note_rows(self.object), can_note=can_note, **kwargs)


class ItemPage(ScopedObjectMixin):
    """A page about the notes of one item."""

    permission = staticmethod(can_write)
    model = AgendaItem

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("meeting__committee")

    def get_success_url(self) -> str:
        return f"{reverse('steering:note-list', args=[self.object.meeting_id])}#item-{self.object.pk}"


class NoteEdit(ItemPage, FormPage):
    """Notes of one item: a page with a button, and where the page of all notes saves while somebody types."""

    form_class = NotesForm
    heading = _("Notes of the item")
    submit = _("Save the notes")
    success_message = _("The notes are saved.")

    def get_initial(self) -> dict[str, Any]:
        note = notes.of(self.object)
        return {"text_fr": note.text_fr, "text_ar": note.text_ar, "version": note.version}

    def perform(self, form: Any) -> ItemNote:
        return notes.write(
            item=self.object,
            version=form.version,
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("Accept") != "application/json":
            return super().post(request, *args, **kwargs)
        return self._while_typing(self.get_form())

    def _while_typing(self, form: Any) -> JsonResponse:
        """What the script is told: kept at, joined with another's words, or why not."""
        if not form.is_valid():
            sentences = [str(sentence) for errors in form.errors.values() for sentence in errors]
            return JsonResponse({"error": " ".join(sentences)}, status=422)
        joined = False
        try:
            note = self.perform(form)
        except StaleObject as error:
            merge = stale.merge(form, error.current)
            again = merge.rebound(form)
            if merge.conflicts or not again.is_valid():
                return JsonResponse(self._conflict(error.current), status=409)
            note, joined = self.perform(again), True
        except DomainError as error:
            return JsonResponse({"error": str(error)}, status=422)
        return JsonResponse(
            {
                "version": note.version,
                "text_fr": note.text_fr,
                "text_ar": note.text_ar,
                "said": self._joined(note) if joined else saved_words(note),
            }
        )

    def _joined(self, note: ItemNote) -> str:
        return gettext("Saved at %(hour)s, together with what somebody else wrote.") % {"hour": hour_of(note)}

    def _conflict(self, note: ItemNote) -> dict[str, str]:
        """Who wrote what meanwhile; what was typed stays on the screen."""
        last = journal.history_of(note).first()
        by = str(last.actor or "") if last else ""
        words = {"by": by, "hour": hour_of(note)}
        said = gettext("%(by)s changed these notes at %(hour)s. Nothing of yours is lost, and it is not saved yet.")
        return {"error": said % words}

    def stale(self, form: Any, error: StaleObject) -> HttpResponseBase:
        """Both versions side by side, under the item's title."""
        error.current.item = self.object
        return super().stale(form, error)


def hour_of(note: ItemNote) -> str:
    return date_format(timezone.localtime(note.saved_at), "TIME_FORMAT")


def saved_words(note: ItemNote) -> str:
    """`enregistré à 14:32`; nothing before the first save."""
    return gettext("saved at %(hour)s") % {"hour": hour_of(note)} if note.pk else ""


class NoteRevisions(ItemPage, TemplateView):
    """Who wrote what and when; an older text can be taken back."""

    template_name = "steering/minutes/revisions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("before", "")
        before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
        rows, older = notes.revisions(self.object, before=before)
        note = notes.of(self.object)
        return super().get_context_data(
            item=self.object,
            tab="minutes",
            **frame_of(self.request.user, self.object.meeting),
            note=note,
            rows=rows,
            older=older,
            is_newest=before is None,
            can_note=notes.can_be_written(self.object),
            **kwargs,
        )


class NoteRestore(ItemPage, ActView):
    """An older text becomes the newest."""

    success_message = _("The older text is the notes again; the one that it replaced stays among the revisions.")

    def perform(self) -> Any:
        sent = self.request.POST.get("version", "")
        return notes.take_back(
            item=self.object,
            revision=self.kwargs["revision"],
            version=int(sent) if sent.isdecimal() and len(sent) < 9 else None,
            actor=self.request.user,
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("steering:note-revisions", args=[self.object.pk])
