"""The call of a meeting: looked at, sent, corrected; the second call; the letters and the papers of the meeting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import FileResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from core.errors import DomainError
from core.views.files import handed_over
from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage
from steering import permissions
from steering.documents import letter, pack, regularity
from steering.domain import convocations, notice, rules, said
from steering.enums import ConvocationKind, MeetingState
from steering.forms.meetings import ConveneForm, RectifyForm, SecondCallForm, hours_of
from steering.models import Convocation, Meeting
from steering.views.meetings import MeetingPage

LANGUAGES = ("fr", "ar")


class LetterPage(MeetingPage, FormPage):
    """A letter before it leaves: in both languages, to whom, what is missing. `see` shows the PDF and sends nothing."""

    permission = staticmethod(permissions.can_write)
    once = True
    kind: str

    def draft(self, form: Any = None) -> convocations.Draft:
        """The letter as the form stands; nothing is saved."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponseBase:
        asked = self.request.POST.get("see", "")
        if asked in LANGUAGES:
            return pdf(letter.letter_pdf(self.draft(form), asked), f"CONV-projet-{asked}.pdf", inline=True)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, draft = self.object, self.draft()
        lines = convocations.lines(meeting)
        act = meeting.committee.act_on(meeting.day)
        asked = notice.of(act, meeting)
        return super().get_context_data(
            words=[(language, letter.words_of(draft, language)) for language in LANGUAGES],
            lines=lines,
            vacant=[line for line in lines if line.mandate is None],
            without_address=[line for line in lines if line.mandate is not None and not line.email],
            without_arabic=said.without_arabic(draft.said),
            act=act,
            notice=asked,
            missing=[
                rules.label_of(name) for name in ("notice_days", "notice_count") if act and not rules.is_set(act, name)
            ],
            is_late=asked.is_late(on=timezone.localdate()),
            today=timezone.localdate(),
            shown_language="ar" if (get_language() or "").startswith("ar") else "fr",
            **kwargs,
        )


class Convene(LetterPage):
    """Call a meeting: the letter, its recipients, the lawful day; one button sends it."""

    template_name = "steering/meetings/convene.html"
    form_class = ConveneForm
    heading = _("Convene the meeting")
    submit = _("Send the letter")
    success_message = _("The meeting is convened: the letter is on its way.")
    kind = ConvocationKind.FIRST

    def get_form_kwargs(self) -> dict[str, Any]:
        act = self.object.committee.act_on(self.object.day)
        is_late = notice.of(act, self.object).is_late(on=timezone.localdate())
        return {**super().get_form_kwargs(), "is_late": is_late}

    def get_initial(self) -> dict[str, Any]:
        return {"answers_until": self.object.answers_until}

    def draft(self, form: Any = None) -> convocations.Draft:
        until = form.cleaned_data["answers_until"] if form is not None else self.object.answers_until
        return convocations.preview(self.object, now=timezone.now(), kind=self.kind, answers_until=until)

    def perform(self, form: ConveneForm) -> Convocation:
        return convocations.convene(
            meeting=self.object,
            answers_until=form.cleaned_data["answers_until"],
            late_reason=form.cleaned_data.get("late_reason", ""),
            render=letter.letter_pdf,
            actor=self.request.user,
            now=timezone.now(),
        )


class Rectify(LetterPage):
    """Correct the call: day, place or agenda, and in words what changes; a numbered letter tells everybody."""

    template_name = "steering/meetings/rectify.html"
    form_class = RectifyForm
    heading = _("Correct the convocation")
    submit = _("Send the correction")
    success_message = _("The correction is on its way to everybody who was called.")
    kind = ConvocationKind.CORRECTION

    def get_initial(self) -> dict[str, Any]:
        names = ("place_fr", "place_ar", "answers_until", "version")
        return {name: getattr(self.object, name) for name in names} | hours_of(self.object)

    def draft(self, form: Any = None) -> convocations.Draft:
        if form is None:
            until = self.object.answers_until
            return convocations.preview(self.object, now=timezone.now(), kind=self.kind, answers_until=until)
        values = form.cleaned_data
        changed = Meeting.objects.select_related("committee", "act", "second_call_of").get(pk=self.object.pk)
        for name in ("starts_at", "ends_at", "place_fr", "place_ar"):
            setattr(changed, name, values[name])
        draft = convocations.preview(changed, now=timezone.now(), kind=self.kind, answers_until=values["answers_until"])
        return replace(draft, note_fr=values["note_fr"], note_ar=values["note_ar"])

    def perform(self, form: RectifyForm) -> Convocation:
        return convocations.rectify(
            meeting=self.object,
            version=form.version,
            render=letter.letter_pdf,
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(stale=convocations.differs(self.object), **kwargs)


class SecondCall(MeetingPage, FormPage):
    """After a quorum that failed: the same agenda, the second quorum, on a day that the act allows."""

    permission = staticmethod(permissions.can_write)
    template_name = "steering/meetings/second_call.html"
    form_class = SecondCallForm
    heading = _("Second call")
    explanation = _("A new meeting with the same agenda; it is convened like any other.")
    submit = _("Plan the second call")
    success_message = _("The second call is planned. Nobody is called to it yet.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        earliest = self.earliest()
        if earliest is None:
            return {}
        starts = convocations.on_day(self.object.starts_at, earliest)
        return {"starts_at": starts, "ends_at": timezone.localtime(self.object.ends_at).time()}

    def earliest(self) -> Any:
        try:
            return notice.earliest_second_call(self.act, self.object) if self.act else None
        except DomainError:
            return None

    @property
    def act(self) -> Any:
        return self.object.act or self.object.committee.act_on(self.object.day)

    def perform(self, form: SecondCallForm) -> Meeting:
        return convocations.second_call(
            meeting=self.object, actor=self.request.user, now=timezone.now(), **form.changes()
        )

    def get_success_url(self) -> str:
        return reverse("steering:meeting-detail", args=[(self.result or self.object).pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = convocations.QUORUM_OF_SECOND
        lacking = [rules.label_of(name) for name in names if self.act and not rules.is_set(self.act, name)]
        is_failed = self.object.state == MeetingState.NO_QUORUM
        return super().get_context_data(
            act=self.act, missing=lacking, earliest=self.earliest(), is_failed=is_failed, **kwargs
        )


class ConvocationFile(ScopedObjectMixin, View):
    """A letter as it was sent, in French or in Arabic: for whoever may see the meeting."""

    permission = staticmethod(permissions.can_read)
    model = Convocation

    def get_queryset(self) -> Any:
        visible = Meeting.objects.visible_to(self.request.user)
        return Convocation.objects.filter(meeting__in=visible).select_related("file_fr", "file_ar")

    def get(self, request: HttpRequest, pk: int, language: str) -> FileResponse:
        if language not in LANGUAGES:
            raise Http404
        return handed_over(self.object.file_ar if language == "ar" else self.object.file_fr)


class Pack(MeetingPage, View):
    """Everything for the room in one file: sheet to sign, agenda, voting grid, open actions, in both languages."""

    permission = staticmethod(permissions.can_write)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        now = timezone.now()
        return pdf(
            pack.pack_pdf(self.object, now=now, language=get_language() or "fr"), paper_name("DOSSIER", self.object)
        )


class Regularity(MeetingPage, View):
    """One page that shows how the meeting was called: the rule, the latest day, the letters, the answers by seat."""

    permission = staticmethod(permissions.can_read)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        now = timezone.now()
        paper = regularity.regularity_pdf(self.object, now=now, language=get_language() or "fr")
        return pdf(paper, paper_name("REGULARITE", self.object))


def paper_name(kind: str, meeting: Meeting) -> str:
    """A file is named like those that are kept: `DOSSIER-comite-de-pilotage-3.pdf`."""
    return f"{kind}-{meeting.committee.slug}-{meeting.number}.pdf"


def pdf(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
