"""What is done to an action: reported, proved, moved, declared done, verified, sent back, reopened, given up."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from core import reads
from core.views.files import handed_over
from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import evidence, progress, reports, slips, verification
from steering.forms.actions import DoneForm, EvidenceForm, NoteForm, ProgressForm, SlipForm, WhyForm
from steering.models import Action, Evidence
from steering.permissions import can_answer, can_read, can_write
from steering.views.actions import ActionPage


class SpokenFor(ActionPage):
    """Acts of the institution in charge, and of staff in its name; other readers get 403."""

    permission = staticmethod(can_answer)

    def object_permission(self, user: Any, obj: Action) -> bool:
        self.object = obj
        return can_write(user) or self.is_owner

    def spoken(self) -> dict[str, Any]:
        return {"action": self.object, "for_staff": can_write(self.request.user) and not self.is_owner}


class ActionProgress(SpokenFor, FormPage):
    """How far it is, with what was done; staff write down what was told by telephone."""

    form_class = ProgressForm
    heading = _("Report the progress")
    explanation = _("A percentage stands with what was done; a document may show it.")
    submit = _("Report the progress")
    success_message = _("The progress is noted.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.spoken()}

    def perform(self, form: ProgressForm) -> Any:
        user: Any = self.request.user
        return progress.declare(
            action=self.object,
            percent=form.cleaned_data["percent"],
            note=form.cleaned_data["note"],
            given=form.given(),
            person=form.cleaned_data.get("person"),
            actor=user,
            now=timezone.now(),
        )


class ActionDeclare(SpokenFor, FormPage):
    """It is done: with its proof. Somebody of another institution then looks at it."""

    form_class = DoneForm
    heading = _("Declare the action done")
    explanation = _("Somebody of another institution opens the evidence and closes the action, or sends it back.")
    submit = _("Declare it done")
    success_message = _("The action is declared done; it waits for its verification.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        has_proof = verification.proofs(self.object).exists()
        return {**super().get_form_kwargs(), **self.spoken(), "has_proof": has_proof}

    def perform(self, form: DoneForm) -> Any:
        user: Any = self.request.user
        return verification.declare_done(
            action=self.object,
            note=form.cleaned_data["note"],
            given=form.given(),
            person=form.cleaned_data.get("person"),
            actor=user,
            now=timezone.now(),
        )


class EvidenceAdd(SpokenFor, FormPage):
    """One file, and what it proves."""

    form_class = EvidenceForm
    heading = _("Attach evidence")
    submit = _("Attach it")
    success_message = _("The evidence is attached.")
    once = True

    def perform(self, form: EvidenceForm) -> Any:
        user: Any = self.request.user
        given = form.given()
        return evidence.add(action=self.object, given=given, actor=user, now=timezone.now()) if given else None


class EvidencePage(ScopedObjectMixin):
    """A page about one piece of evidence of an action that the reader may see."""

    model = Evidence

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Action.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return Evidence.objects.filter(action__in=visible).select_related("file", "action__owner", "action__committee")

    def get_success_url(self) -> str:
        return reverse("steering:action-detail", args=[self.object.action_id])


class EvidenceFile(EvidencePage, View):
    """The file; that it was opened is noted, and asked of whoever verifies."""

    permission = staticmethod(can_read)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        response = handed_over(self.object.file)
        reads.note(user=request.user, what=evidence.READ, object_id=self.object.pk)
        return response


class EvidenceWithdraw(EvidencePage, FormPage):
    """It proves nothing: it stays, with the reason."""

    permission = staticmethod(can_answer)
    form_class = WhyForm
    heading = _("Withdraw the evidence")
    explanation = _("The file stays and is shown as withdrawn, with the reason; it proves nothing any more.")
    submit = _("Withdraw it")
    success_message = _("The evidence is withdrawn.")

    def object_permission(self, user: Any, obj: Evidence) -> bool:
        return evidence.may_add(user, obj.action, now=timezone.now())

    def perform(self, form: WhyForm) -> Any:
        user: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return evidence.withdraw(evidence=self.object, reason=reason, actor=user, now=timezone.now())


class ActionSlip(ActionPage, FormPage):
    """The due date moves, with its reason; the first one stays in sight."""

    permission = staticmethod(can_write)
    form_class = SlipForm
    heading = _("Move the due date")
    explanation = _("The date of the beginning and every move stay on the action’s page.")
    submit = _("Move the due date")
    success_message = _("The due date is moved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "action": self.object}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def perform(self, form: SlipForm) -> Any:
        user: Any = self.request.user
        return slips.move_due(
            action=self.object,
            to_on=form.cleaned_data["to_on"],
            reason=form.cleaned_data["reason"],
            decision=form.cleaned_data.get("decision"),
            version=form.version,
            actor=user,
            now=timezone.now(),
        )


class ActionVerify(ActionPage, FormPage):
    """Somebody of another institution opened the evidence: the action is closed, or it comes back."""

    permission = staticmethod(can_answer)
    form_class = NoteForm
    template_name = "steering/follow_up/verify.html"
    heading: Any = _("Verify and close the action")
    submit: Any = _("Verify and close")
    success_message: Any = _("The action is verified and closed.")

    def perform(self, form: NoteForm) -> Any:
        user: Any = self.request.user
        note = form.cleaned_data["note"]
        return verification.confirm(action=self.object, note=note, actor=user, now=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        pieces = list(self.object.evidence.standing().select_related("file").order_by("id"))
        last = self.object.declarations.filter(is_final=True).select_related("by", "person").first()
        return super().get_context_data(
            pieces=pieces,
            unopened={piece.pk for piece in evidence.unopened(user, pieces)},
            refusal=verification.why_not(self.object, actor=user, on=timezone.localdate()),
            last=last,
            **kwargs,
        )


class ActionSendBack(ActionVerify):
    """The evidence does not show it."""

    heading = _("Send the action back")
    submit = _("Send back")
    success_message = _("The action is in progress again; the reason stands on its page.")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["note"].label = _("Reason")
        form.fields["note"].help_text = _("What is lacking, so that the institution in charge can mend it.")
        return form

    def perform(self, form: NoteForm) -> Any:
        user: Any = self.request.user
        note = form.cleaned_data["note"]
        return verification.send_back(action=self.object, note=note, actor=user, now=timezone.now())


class ActionReopen(ActionPage, FormPage):
    """A new fact."""

    permission = staticmethod(can_write)
    form_class = WhyForm
    heading: Any = _("Reopen the action")
    explanation: Any = _("A new fact has come: say which.")
    submit: Any = _("Reopen")
    success_message: Any = _("The action is open again.")

    def perform(self, form: WhyForm) -> Any:
        user: Any = self.request.user
        return verification.reopen(action=self.object, reason=form.cleaned_data["reason"], actor=user)


class ActionDrop(ActionReopen):
    """Given up, its parts with it."""

    heading = _("Give the action up")
    explanation = _("Its open sub-actions are given up with it; it stays visible with the reason.")
    submit = _("Give it up")
    success_message = _("The action is given up.")

    def perform(self, form: WhyForm) -> Any:
        user: Any = self.request.user
        return verification.drop(action=self.object, reason=form.cleaned_data["reason"], actor=user)


class ActionTakeUp(ActionReopen):
    """To be done after all."""

    heading = _("Take the action up again")
    explanation = _("It was given up and is to be done after all: say why.")
    submit = _("Take it up again")
    success_message = _("The action is to be done again.")

    def perform(self, form: WhyForm) -> Any:
        user: Any = self.request.user
        return verification.take_up(action=self.object, reason=form.cleaned_data["reason"], actor=user)


class ActionAsk(ActionPage, ActView):
    """The person in charge is written to, with a personal link to answer."""

    permission = staticmethod(can_write)
    success_message = _("The person in charge is written to, with a personal link to answer.")

    def perform(self) -> Any:
        user: Any = self.request.user
        return reports.ask(action=self.object, actor=user, now=timezone.now())
