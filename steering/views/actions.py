"""Actions: the lists, one with its progress, evidence and verifications, entered, corrected, its history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import actions, evidence, progress, standing, verification, worklist
from steering.enums import ActionState
from steering.exports import follow_up as exports
from steering.forms.actions import ActionEditForm, ActionForm
from steering.history import follow_up as history
from steering.lists.follow_up import ACTIONS, OWN_ACTIONS, STANDS, standing_at
from steering.models import Action, Committee, Decision, Evidence, Recommendation
from steering.permissions import can_answer, can_read, can_see_people, can_write, follow_up_history

OPEN_TO_WORDS = (ActionState.TODO, ActionState.RUNNING)


class ActionList(PermissionMixin, ListView):
    """The open actions that this reader may see, the earliest due date first; others where one asks."""

    permission = staticmethod(can_read)
    spec = ACTIONS
    export = exports.ACTIONS
    template_name = "steering/follow_up/actions.html"

    def rows(self) -> models.QuerySet[Any]:
        return Action.objects.visible_to(self.request.user)  # type: ignore[arg-type]

    def get_queryset(self) -> models.QuerySet[Any]:
        asked = self.request.GET
        rows = self.rows().select_related("owner", "committee", "recommendation", "parent", "owner_person")
        stands = asked.get("stand") in dict(STANDS[1:])
        if not stands and not asked.get("state") and not asked.get("q"):
            rows = standing_at(rows, "", on=timezone.localdate())
        proofs = Evidence.objects.standing().filter(action=OuterRef("pk")).order_by().values("action")
        parts = Action.objects.filter(parent=OuterRef("pk")).exclude(state=ActionState.DROPPED).order_by()
        return rows.annotate(
            proof_count=Subquery(proofs.annotate(n=Count("pk")).values("n")),
            part_count=Subquery(parts.values("parent").annotate(n=Count("pk")).values("n")),
        )

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, user = timezone.localdate(), self.request.user
        late = self.rows().overdue(on=today).count()  # type: ignore[attr-defined]
        context = super().get_context_data(
            can_write=self.may_create(), sees_people=can_see_people(user), today=today, late_count=late, **kwargs
        )
        for row in context["page"].rows:
            row.is_late = row.days_late(today) > 0
            row.reports_here = row.state in OPEN_TO_WORDS and not row.part_count
        return context


class OwnActions(ActionList):
    """What is entrusted to the institutions for which the reader speaks: the late ones first, one step to report."""

    permission = staticmethod(can_answer)
    spec = OWN_ACTIONS
    export = None
    template_name = "steering/follow_up/own_actions.html"

    def rows(self) -> models.QuerySet[Any]:
        return worklist.own_actions(user=self.request.user, on=timezone.localdate())  # type: ignore[arg-type]

    def may_create(self) -> bool:
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = worklist.of_member(user=self.request.user, on=timezone.localdate())  # type: ignore[arg-type]
        return super().get_context_data(to_verify=work.to_verify, **kwargs)


class ActionPage(ScopedObjectMixin):
    """A page about one action."""

    permission = staticmethod(can_read)
    model = Action

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Action.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related(
            *("committee", "owner", "owner_person", "recommendation", "decision", "parent", "verifier__organisation")
        )

    def get_success_url(self) -> str:
        return reverse("steering:action-detail", args=[self.object.pk])

    @cached_property
    def is_owner(self) -> bool:
        """Whether the reader speaks for the institution in charge."""
        user: Any = self.request.user
        return can_answer(user) and standing.owns(user, self.object, on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        return super().get_context_data(action_row=self.object, today=timezone.localdate(), **rights, **kwargs)  # type: ignore[misc, no-any-return]


class ActionDetail(ActionPage, TemplateView):
    """How far it is and who said so, what proves it, how its date moved, who verified it, and what may be done next."""

    template_name = "steering/follow_up/action.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one: Action = self.object
        parts = list(one.parts.select_related("owner").order_by("id"))
        pieces = list(one.evidence.select_related("file", "added_by", "person").order_by("id"))
        declarations = list(one.declarations.select_related("by", "person", "evidence__file"))
        return super().get_context_data(
            tab="overview",
            shares=progress.shares(parts),
            rolls_up=any(part.state != ActionState.DROPPED for part in parts),
            declarations=declarations,
            pieces=pieces,
            slips=list(one.slips.select_related("by", "decision")),
            verifications=list(one.verifications.select_related("by", "person", "organisation")),
            committee_opens=Committee.objects.visible_to(self.request.user).filter(pk=one.committee_id).exists(),  # type: ignore[arg-type]
            days_late=one.days_late(timezone.localdate()),
            **self.acts(parts, pieces),
            **kwargs,
        )

    def acts(self, parts: list[Action], pieces: list[Evidence]) -> dict[str, Any]:
        """What this reader may do next, and why not what one would expect."""
        one: Action = self.object
        user: Any = self.request.user
        words = one.state in OPEN_TO_WORDS
        speaks = can_write(user) or self.is_owner
        declared = one.state == ActionState.DECLARED
        refusal, unopened = "", []
        if declared and can_answer(user):
            refusal = verification.why_not(one, actor=user, on=timezone.localdate())
            unopened = evidence.unopened(user, [piece for piece in pieces if piece.withdrawn_at is None])
        return {
            "may_report": words and speaks and all(part.state == ActionState.DROPPED for part in parts),
            "may_declare": words and speaks and not any(part.is_open for part in parts),
            "may_prove": one.is_open and speaks,
            "may_withdraw": words and speaks,
            "may_verify": declared and can_answer(user) and not refusal,
            "verify_refusal": refusal,
            "unopened": {piece.pk for piece in unopened},
            "may_divide": words and can_write(user) and actions.depth_of(one) < progress.DEEPEST,
            "may_move": words and can_write(user),
            "may_ask": words and can_write(user) and not parts,
            "is_owner": self.is_owner,
        }


class ActionHistory(HistoryMixin, ActionPage, TemplateView):
    """Who did what, when and why, with old and new values."""

    template_name = "steering/follow_up/action_history.html"
    trail = history.ACTION
    rights = staticmethod(follow_up_history)
    extra_context = {"tab": "history"}


class ActionCreate(PermissionMixin, FormPage):
    """A new action: from a recommendation, a decision, a whole of which it is a part, or on its own."""

    permission = staticmethod(can_write)
    form_class = ActionForm
    template_name = "steering/follow_up/form.html"
    heading = _("Add an action")
    submit = _("Add the action")
    success_message = _("The action is added.")
    once = True

    def _asked(self, name: str, model: type[models.Model]) -> Any:
        text = self.request.GET.get(name, "")
        return model._default_manager.filter(pk=text).first() if text.isdecimal() and len(text) < 10 else None

    @cached_property
    def parent(self) -> Action | None:
        found: Action | None = self._asked("parent", Action)
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        committees = Committee.objects.visible_to(self.request.user).order_by("order_fr", "id")  # type: ignore[arg-type]
        return {**super().get_form_kwargs(), "committees": committees, "parent": self.parent}

    def get_initial(self) -> dict[str, Any]:
        if self.parent is not None:
            whole = self.parent
            return {
                "owner": whole.owner_id,
                "owner_person": whole.owner_person_id,
                "starts_on": whole.starts_on,
                "due_on": whole.due_on,
            }
        asked: Recommendation | None = self._asked("recommendation", Recommendation)
        decision: Decision | None = self._asked("decision", Decision)
        committee = Committee.objects.filter(slug=self.request.GET.get("committee", "")).first()
        initial: dict[str, Any] = {"starts_on": timezone.localdate(), "committee": committee and committee.pk}
        if asked is not None:
            initial |= {"committee": asked.committee_id, "recommendation": asked.pk, "owner": asked.addressee_id}
        if decision is not None:
            initial |= {
                "committee": decision.item.meeting.committee_id,
                "decision": decision.pk,
                "owner": decision.owner_id,
                "due_on": decision.due_on,
            }
        return initial

    def perform(self, form: ActionForm) -> Action:
        user: Any = self.request.user
        values = form.changes()
        if self.parent is not None:
            values |= {"committee": self.parent.committee, "parent": self.parent, "origin": self.parent.origin}
        return actions.create(actor=user, **values)

    def get_success_url(self) -> str:
        if self.result is not None:
            return reverse("steering:action-detail", args=[self.result.pk])
        if self.parent is not None:
            return reverse("steering:action-detail", args=[self.parent.pk])
        return reverse("steering:action-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.parent is None:
            return context
        words = {"heading": _("Add a sub-action"), "submit": _("Add the sub-action"), "subject": self.parent}
        return context | words


class ActionEdit(ActionPage, FormPage):
    """Everything but the code and the due date."""

    permission = staticmethod(can_write)
    form_class = ActionEditForm
    template_name = "steering/follow_up/form.html"
    heading = _("Correct the action")
    explanation = _("The due date moves by “Move the due date”, with its reason.")
    submit = _("Save")
    success_message = _("The action is saved.")

    def perform(self, form: ActionEditForm) -> Action:
        user: Any = self.request.user
        return actions.update(action=self.object, version=form.version, actor=user, **form.changes())
