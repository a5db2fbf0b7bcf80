"""Sessions that trainers propose: their list, the form on a phone, and the answer of staff."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core.views.mixins import ActView, DomainFormMixin, PermissionMixin, ScopedObjectMixin
from trainings import permissions
from trainings.domain import proposals
from trainings.enums import SessionState
from trainings.forms.planning import ProposalForm, SendBackForm
from trainings.models import Session
from trainings.views.session_forms import OfSession

SHOWN = 50


class ProposalList(PermissionMixin, TemplateView):
    """What this trainer proposed, and what became of it; the newest first."""

    permission = staticmethod(permissions.can_propose)
    template_name = "trainings/proposals/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(Session.objects.filter(proposed_by=self.request.user).order_by("-id")[:SHOWN])
        for row in rows:
            row.comment = proposals.comment_on(row) if row.state == SessionState.DRAFT else ""
        return super().get_context_data(rows=rows, **kwargs)


class ProposalCreate(PermissionMixin, DomainFormMixin, FormView):
    """A new proposal."""

    permission = staticmethod(permissions.can_propose)
    template_name = "trainings/proposals/form.html"
    form_class = ProposalForm
    success_message = _("Your proposal is with the agency: you are told by a message what becomes of it.")
    once = True

    def perform(self, form: ProposalForm) -> Session:
        return proposals.propose(first_part=form.part(), actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        return reverse("trainings:proposal-list")


class OwnProposal(ScopedObjectMixin):
    """A page about a session that this trainer proposed; nobody else's is found."""

    permission = staticmethod(permissions.can_propose)
    model = Session
    lookup = "slug"

    def get_queryset(self) -> models.QuerySet[Any]:
        return Session.objects.filter(proposed_by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("trainings:proposal-list")


class ProposalEdit(OwnProposal, DomainFormMixin, FormView):
    """Mend what came back, and propose it again."""

    template_name = "trainings/proposals/form.html"
    form_class = ProposalForm
    success_message = _("Your proposal is with the agency again.")

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(state=SessionState.DRAFT)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Session.objects.get(pk=self.object.pk)}

    def get_initial(self) -> dict[str, Any]:
        part = self.object.parts.get()
        return {name: getattr(part, name) for name in ProposalForm.PART}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = proposals.comment_on(self.object)
        return super().get_context_data(session=self.object, comment=comment, **kwargs)

    def perform(self, form: ProposalForm) -> Session:
        return proposals.propose_again(
            session=self.object,
            version=form.version,
            part=form.part(),
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )


class ProposalWithdraw(OwnProposal, ActView):
    """Take a proposal back."""

    success_message = _("The proposal is taken back.")

    def perform(self) -> None:
        proposals.withdraw(session=self.object, actor=self.request.user)


class SendBack(OfSession, DomainFormMixin, FormView):
    """Back to whoever proposed it, with a comment."""

    template_name = "trainings/sessions/send_back.html"
    form_class = SendBackForm
    success_message = _("The session is a draft again.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_required": self.object.proposed_by_id is not None}

    def perform(self, form: SendBackForm) -> Session:
        return proposals.send_back(
            session=self.object,
            actor=self.request.user,
            now=timezone.now(),
            comment=form.cleaned_data["comment"],
        )
