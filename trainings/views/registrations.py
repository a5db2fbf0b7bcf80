"""The staff's tab of registrations: list, waiting list, one registration, and what staff decide about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.generic import FormView, TemplateView

from core.lists import Empty, FilterForm, ListSpec, ListView, Sort
from core.lists.filters import ANY
from core.models import Message
from core.outbox import label_of
from core.views.mixins import ActView, DomainFormMixin, ScopedObjectMixin
from trainings import exports, history, permissions
from trainings.domain import figures, intake, moderation, queue, registrations, withdrawal
from trainings.domain import turns as turns_of
from trainings.enums import ACTIVE_STATES, RUNNING_STATES, RegistrationState
from trainings.forms.registrations import EndForm, MoveForm
from trainings.models import PublicCategory, Registration, Session, SessionPart
from trainings.views import registration_rows

QUEUE_SHOWN = 20
MESSAGES_SHOWN = 30


class RegistrationFilters(FilterForm):
    """Staff: text, part, state, category of public."""

    search_label = _("Name, address or organisation")

    part = forms.ModelChoiceField(label=_("Part"), queryset=SessionPart.objects.none(), empty_label=ANY)
    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *RegistrationState.choices])
    category = forms.ModelChoiceField(
        label=_("Category of public"), queryset=PublicCategory.objects.none(), empty_label=ANY
    )

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        slug = match.kwargs["slug"] if match else ""
        super().__init__(request)
        parts = SessionPart.objects.filter(session__slug=slug)
        kept = PublicCategory.objects.filter(pk__in=parts.values("categories__category"))
        self.fields["part"].queryset = parts.order_by("position")  # type: ignore[attr-defined]
        self.fields["part"].label_from_instance = lambda part: part.name  # type: ignore[attr-defined]
        self.fields["category"].queryset = kept  # type: ignore[attr-defined]
        self.full_clean()


class TrainerFilters(FilterForm):
    """Trainers read a short list; a search would answer questions about addresses that they do not see."""

    searchable = False


SPEC = ListSpec(
    model=Registration,
    sorts=[Sort("date", _("Asked on"), "part_id", "created_at"), Sort("name", _("Name"), "part_id", "key")],
    default="date",
    filters=RegistrationFilters,
    count=ngettext_lazy("%(shown)s registration", "%(shown)s registrations", "n"),
    empty=Empty(
        _("Nobody has asked for a place yet"),
        _("Registrations arrive from the public page of the session; somebody can also be entered by hand."),
        icon="people",
    ),
)
TRAINER_SPEC = replace(
    SPEC,
    filters=TrainerFilters,
    default="name",
    count=ngettext_lazy("%(shown)s participant", "%(shown)s participants", "n"),
    empty=Empty(_("Nobody is confirmed yet"), _("The people of your session appear here once they have a place.")),
)


class RegistrationTab(ScopedObjectMixin, ListView):
    """The people of a session. Staff see everything; its trainers see names and organisations of the confirmed."""

    permission = staticmethod(permissions.can_see_sessions)
    object_permission = staticmethod(permissions.can_see_names)
    model = Session
    export = exports.OF_SESSION
    template_name = "trainings/registrations/tab.html"

    @property
    def spec(self) -> ListSpec:  # type: ignore[override]
        return SPEC if self.is_staff else TRAINER_SPEC

    @property
    def is_staff(self) -> bool:
        return permissions.is_staff(self.request.user)

    def get_object(self) -> Session:
        rows = Session.objects.visible_to(self.request.user).select_related("training__programme", "governorate")
        return get_object_or_404(rows, slug=self.kwargs["slug"])

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Registration.objects.visible_to(self.request.user).filter(part__session=self.object)
        rows = rows.select_related("part", "organisation", "governorate", "category").only(*registration_rows.READ)
        return rows.annotate(turn=turns())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(session=self.object, tab="registrations", staff=self.is_staff, **kwargs)
        rows = context["page"].rows
        registration_rows.complete(rows)
        to_decide = self.is_staff and any(row.state == RegistrationState.REVIEW for row in rows)
        queues = queues_of(self.object) if self.is_staff else []
        counted = figures.of_session(self.object)
        parts = [row.part for row in counted]
        may_add = self.is_staff and self.object.state in RUNNING_STATES
        more = {"to_decide": to_decide, "queues": queues, "figures": counted, "parts": parts, "may_add": may_add}
        return context | more | {"may_move": self.is_staff and queue.moves_in(self.object)}


def turns() -> Subquery:
    """How many wait at or before the row's rank, in its part: the third of the list is at 3."""
    before = Registration.objects.filter(part=OuterRef("part"), state=RegistrationState.WAITING)
    before = before.filter(rank__lte=OuterRef("rank")).order_by().values("part").annotate(n=Count("pk"))
    return Subquery(before.values("n")[:1], output_field=models.IntegerField())


def queues_of(session: Session) -> list[dict[str, Any]]:
    """The waiting lists, part by part, in their order, cut after the first twenty."""
    waiting = Registration.objects.filter(part__session=session).waiting().select_related("part", "category")
    found: dict[int, dict[str, Any]] = {}
    for row in waiting.order_by("part__position", F("rank")):
        shown = found.setdefault(row.part_id, {"part": row.part, "rows": [], "more": 0})
        if len(shown["rows"]) < QUEUE_SHOWN:
            shown["rows"].append(row)
        else:
            shown["more"] += 1
    return list(found.values())


class AcceptSeveral(RegistrationTab):
    """Accept several registrations of a moderated session; the page says of each what became of it."""

    permission = staticmethod(permissions.is_staff)
    template_name = "trainings/registrations/accepted.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().defer(None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("trainings:registration-list", self.object.slug)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        picked = [int(pk) for pk in request.POST.getlist("registration") if pk.isdecimal() and len(pk) < 19]
        if not picked:
            return redirect("trainings:registration-list", self.object.slug)
        rows = list(self.get_queryset().filter(pk__in=picked))
        decisions = moderation.accept_each(registrations=rows, actor=request.user, now=timezone.now())
        context = {"session": self.object, "tab": "registrations", "decisions": decisions, "view": self}
        return self.render_to_response(context)


class OfRegistration(ScopedObjectMixin):
    """A page of staff about one registration."""

    permission = staticmethod(permissions.is_staff)
    model = Registration

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Registration.objects.visible_to(self.request.user)
        return rows.select_related(
            "part__session__training__programme",
            "part__session__governorate",
            "person",
            "organisation",
            "governorate",
            "category",
            "consent_text",
        )

    def get_success_url(self) -> str:
        return reverse("trainings:registration-detail", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        session = self.object.part.session
        return context | {"registration": self.object, "session": session, "cancel_url": self.get_success_url()}


class RegistrationDetail(OfRegistration, TemplateView):
    """What was typed, answered and agreed to; the messages; the history; what staff may do now."""

    reads = "trainings.registration"
    template_name = "trainings/registrations/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.object
        letters = list(Message.objects.about(one).order_by("-id")[:MESSAGES_SHOWN])
        for letter in letters:
            letter.kind_words = label_of(letter.kind)
        review = one.state == RegistrationState.REVIEW
        return super().get_context_data(
            tab="registrations",
            answers=intake.answered(one),
            letters=letters,
            lines=history.REGISTRATION.lines_of(one),
            certificates=list(one.certificates.all()),
            may_accept=review,
            may_refuse=review or one.state in {RegistrationState.WAITING, RegistrationState.CONFIRMED},
            may_cancel=one.state in ACTIVE_STATES,
            may_move=queue.may_move(one),
            may_send=bool(one.email),
            **kwargs,
        )


class RegistrationApprove(OfRegistration, ActView):
    """Staff accept a registration."""

    success_message = _("The registration is accepted; the person is told.")

    def perform(self) -> None:
        moderation.accept(registration=self.object, actor=self.request.user, now=timezone.now())


class RegistrationResend(OfRegistration, ActView):
    """Send the link to confirm, or to the registration's page, once more."""

    success_message = _("The link is sent again.")

    def perform(self) -> None:
        registrations.send_link(registration=self.object, actor=self.request.user, now=timezone.now())


class RegistrationEnd(OfRegistration, DomainFormMixin, FormView):
    """Refuse or cancel, with a reason; the place goes to the next in rank."""

    template_name = "trainings/registrations/end.html"
    form_class = EndForm
    refuses = False

    def perform(self, form: EndForm) -> Registration:
        verb = withdrawal.refuse if self.refuses else withdrawal.cancel_by_staff
        reason = form.cleaned_data["reason"]
        return verb(registration=self.object, actor=self.request.user, reason=reason, now=timezone.now())

    @property
    def success_message(self) -> Any:  # type: ignore[override]
        return _("The registration is refused.") if self.refuses else _("The registration is cancelled.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refuses=self.refuses, **kwargs)


class RegistrationMove(OfRegistration, DomainFormMixin, FormView):
    """Another place on the waiting list, with a written reason."""

    template_name = "trainings/registrations/move.html"
    form_class = MoveForm
    success_message = _("The order of the waiting list is changed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        turn = turns_of.turn_of(self.object) if queue.may_move(self.object) else None
        return super().get_context_data(turn=turn, **kwargs)

    def perform(self, form: MoveForm) -> Registration:
        data = form.cleaned_data
        return queue.move(
            registration=self.object, position=data["position"], actor=self.request.user, reason=data["reason"]
        )
