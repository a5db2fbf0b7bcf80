"""Making, changing and cancelling a session; its one-button acts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.views.mixins import ActView, DomainFormMixin, PermissionMixin, ScopedObjectMixin
from trainings import permissions
from trainings.domain import cancellation, half_days, proposals, sessions
from trainings.forms.sessions import NOTICES, CancelForm, SessionCreateForm, SessionForm
from trainings.models import Session, Training
from trainings.views.words import say_proposal


class OfSession(ScopedObjectMixin):
    """A page of staff about one session, found by its slug."""

    permission = staticmethod(permissions.is_staff)
    model = Session
    lookup = "slug"

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"session": self.object, "cancel_url": self.get_success_url()}


class SessionCreate(PermissionMixin, DomainFormMixin, FormView):
    """A session with its first part, and its half-days if one likes, in one page."""

    permission = staticmethod(permissions.is_staff)
    template_name = "trainings/sessions/create.html"
    form_class = SessionCreateForm
    once = True

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("training", "")
        training = Training.objects.filter(pk=asked).first() if asked.isdecimal() else None
        return {"training": training}

    def perform(self, form: SessionCreateForm) -> Session:
        now, user = timezone.now(), self.request.user
        session = sessions.create(
            first_part=form.part(), categories=form.categories(), actor=user, now=now, **form.changes()
        )
        if form.cleaned_data["with_half_days"]:
            proposal = half_days.propose(part=session.parts.get(), actor=user, now=now)
            say_proposal(self.request, proposal)
        return session

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.result.slug])


class SessionEdit(OfSession, DomainFormMixin, FormView):
    """What is changed of a session beside its parts."""

    template_name = "trainings/sessions/edit.html"
    form_class = SessionForm
    success_message = _("The session is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Session.objects.get(pk=self.object.pk)}

    def perform(self, form: SessionForm) -> Session:
        return sessions.update(
            session=self.object,
            version=form.version,
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )


class SessionCancel(OfSession, DomainFormMixin, FormView):
    """Cancel a session: the page says whom it concerns before anybody acts."""

    template_name = "trainings/sessions/cancel.html"
    form_class = CancelForm
    success_message = _("The session is cancelled; everybody concerned is told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_known": self.object.is_public}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(concerned=cancellation.concerned(self.object), **kwargs)

    def perform(self, form: CancelForm) -> Session:
        return cancellation.cancel(
            session=self.object,
            actor=self.request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            **{name: form.cleaned_data.get(name, "") for name in NOTICES},
        )


class SessionAct(OfSession, ActView):
    """One button of the session's head."""

    act: ClassVar[str] = ""
    said: ClassVar[dict[str, str | Promise]] = {
        "propose": _("The session is proposed for publication."),
        "publish": _("The session is published: everybody can read its page."),
        "open": _("Registration is open."),
        "close": _("Registration is closed."),
        "held": _("The session is marked as held."),
    }

    def perform(self) -> None:
        session, actor, now = self.object, self.request.user, timezone.now()
        if self.act == "propose":
            sessions.propose(session=session, actor=actor)
        elif self.act == "publish":
            proposals.accept(session=session, actor=actor, now=now)
        elif self.act == "open":
            sessions.open_registration(session=session, actor=actor, now=now)
        elif self.act == "close":
            sessions.close_registration(session=session, actor=actor)
        else:
            sessions.mark_held(session=session, actor=actor, now=now)
        messages.success(self.request, str(self.said[self.act]))
