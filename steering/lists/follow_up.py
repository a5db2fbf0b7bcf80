"""What the lists of recommendations and of actions show, and by what they are filtered."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from core.formats.fields import DateField
from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from directory.models import Organisation
from steering.domain.worklist import RUNNING, SOON
from steering.enums import (
    ACTION_OPEN,
    RECOMMENDATION_SHUT,
    ActionState,
    RecommendationOrigin,
    RecommendationState,
    Weight,
)
from steering.models import Action, Committee, Recommendation


def _organisations(rows: models.QuerySet[Any]) -> models.QuerySet[Organisation]:
    """Those alone that some row names."""
    return Organisation.objects.filter(pk__in=rows).order_by("order_fr", "id")


class VisibleFilter(FilterForm):
    """A filter whose choices are what this reader sees; `rows` names the list, `body` its column of institutions."""

    rows: ClassVar[Any]
    body: ClassVar[str]

    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), empty_label=ANY, to_field_name="slug"
    )

    def is_valid(self) -> bool:
        """Asked once by the form itself, before anything reads its fields."""
        user = self.request.user
        fields: dict[str, Any] = self.fields
        fields["committee"].queryset = Committee.objects.visible_to(user).order_by("order_fr", "id")  # type: ignore[arg-type]
        fields[self.body].queryset = _organisations(self.rows.visible_to(user).values(self.body))
        return super().is_valid()


DAY = forms.TextInput(attrs={"class": "form-control form-control-sm", "inputmode": "numeric", "dir": "ltr"})
STANDS = (
    ("", _("Open actions")),
    ("overdue", pgettext_lazy("actions", "Overdue")),
    ("soon", _("Due within 14 days")),
    ("verify", _("To verify")),
    ("closed", pgettext_lazy("actions", "Closed")),
    ("all", pgettext_lazy("actions", "All")),
)


class ActionFilter(VisibleFilter):
    """By where they stand (open ones unless one asks otherwise), state, institution in charge, and due date."""

    search_label = _("Code or title")
    rows = Action.objects
    body = "owner"

    stand = forms.ChoiceField(label=_("Show"), choices=STANDS)
    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *ActionState.choices])
    owner = forms.ModelChoiceField(
        label=_("Institution in charge"), queryset=Organisation.objects.none(), empty_label=ANY
    )
    due_from = DateField(label=_("Due from"), widget=DAY)
    due_to = DateField(label=_("Due until"), widget=DAY)

    def filter_stand(self, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return standing_at(rows, value, on=timezone.localdate())

    def filter_due_from(self, rows: models.QuerySet[Any], value: date) -> models.QuerySet[Any]:
        return rows.filter(due_on__gte=value)

    def filter_due_to(self, rows: models.QuerySet[Any], value: date) -> models.QuerySet[Any]:
        return rows.filter(due_on__lte=value)


def standing_at(rows: models.QuerySet[Any], stand: str, *, on: date) -> models.QuerySet[Any]:
    """The actions that stand so on a day; anything unknown leaves them all."""
    if stand == "overdue":
        return rows.filter(due_on__lt=on, state__in=RUNNING)
    if stand == "soon":
        return rows.filter(due_on__gte=on, due_on__lte=on + SOON, state__in=RUNNING)
    if stand == "verify":
        return rows.filter(state=ActionState.DECLARED)
    if stand == "closed":
        return rows.exclude(state__in=ACTION_OPEN)
    return rows.filter(state__in=ACTION_OPEN) if stand == "" else rows


class RecommendationFilter(VisibleFilter):
    """By state, committee, addressee and origin; overdue ones have an action that is overdue."""

    search_label = _("Code or text")
    rows = Recommendation.objects
    body = "addressee"

    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *RecommendationState.choices])
    addressee = forms.ModelChoiceField(label=_("Addressee"), queryset=Organisation.objects.none(), empty_label=ANY)
    origin_kind = forms.ChoiceField(label=_("Origin"), choices=[("", ANY), *RecommendationOrigin.choices])
    priority = forms.ChoiceField(label=_("Priority"), choices=[("", ANY), *Weight.choices])
    overdue = forms.BooleanField(label=_("Overdue only"))

    def filter_overdue(self, rows: models.QuerySet[Any], value: bool) -> models.QuerySet[Any]:
        return rows.filter(overdue_recommendations(on=timezone.localdate()))


def overdue_recommendations(*, on: date) -> Q:
    """Not closed, with an action that is overdue; a composite one through its parts."""
    late = Action.objects.overdue(on=on)
    own, parts = late.filter(recommendation=OuterRef("pk")), late.filter(recommendation__parent=OuterRef("pk"))
    return ~Q(state__in=RECOMMENDATION_SHUT) & (Q(Exists(own)) | Q(Exists(parts)))


ACTIONS = ListSpec(
    model=Action,
    sorts=[Sort("due", _("Due date"), "due_on"), Sort("code", _("Code"), "code")],
    filters=ActionFilter,
    default="due",
    count=ngettext_lazy("%(shown)s action", "%(shown)s actions", "n"),
    empty=Empty(
        _("No open action"),
        _("An action answers a recommendation or a decision: an institution does something until a day."),
        url_name="steering:action-create",
        action=_("Add an action"),
        icon="plan",
    ),
)
OWN_ACTIONS = ListSpec(
    model=Action,
    sorts=[Sort("due", _("Due date"), "due_on")],
    filters=ActionFilter,
    default="due",
    count=ngettext_lazy("%(shown)s action", "%(shown)s actions", "n"),
    empty=Empty(_("Nothing is entrusted to your institution"), _("Its actions stand here, the late ones first.")),
)
RECOMMENDATIONS = ListSpec(
    model=Recommendation,
    sorts=[Sort("code", _("Code"), "code"), Sort("given", _("Given on"), "-given_on")],
    filters=RecommendationFilter,
    default="code",
    count=ngettext_lazy("%(shown)s recommendation", "%(shown)s recommendations", "n"),
    empty=Empty(
        _("No recommendation yet"),
        _("A recommendation is written down as it was given: by a session, a meeting, an evaluation or an audit."),
        url_name="steering:recommendation-create",
        action=_("Enter a recommendation"),
        icon="fil",
    ),
)
