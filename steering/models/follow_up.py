"""The actions that answer recommendations and decisions, and what was declared, proved and verified."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.keys import key_field, trigram_index
from core.localized import localized
from core.models import StoredFile
from directory.enums import Origin
from directory.models import Organisation, Person
from steering.enums import ACTION_MOVES, ACTION_OPEN, ActionState
from steering.models.committees import Committee
from steering.models.decisions import Decision
from steering.models.recommendations import Recommendation
from steering.models.seats import Seat

DUE_AFTER_START = _("An action is due on or after the day on which it starts.")


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> ActionQuerySet:
        """Staff and auditors: all. Members: those of their committees, and those that they are in charge of."""
        if user.is_agency_staff or user.has_role("auditor"):
            return self
        mine = Q(committee__in=Committee.objects.of_member(user)) | Q(owner_person__user=user)
        return self.filter(mine)

    def open(self) -> ActionQuerySet:
        return self.filter(state__in=ACTION_OPEN)

    def overdue(self, *, on: date) -> ActionQuerySet:
        """Due before a day, and neither declared done, nor verified, nor given up."""
        return self.filter(due_on__lt=on, state__in=(ActionState.TODO, ActionState.RUNNING))


@snapshots(exclude=("key",))
class Action(models.Model):
    """Something that an institution does until a day. `progress` is computed: see `domain.progress`."""

    MOVES = ACTION_MOVES
    BESIDE = {
        "action_code_once": "code",
        "action_due_after_start": "due_on",
        "action_weight": "weight",
        "action_not_its_own_part": "parent",
    }

    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.PROTECT, related_name="actions"
    )
    recommendation = models.ForeignKey(
        Recommendation,
        verbose_name=_("recommendation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    code = models.CharField(_("code"), max_length=20, editable=False)
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    details_fr = models.TextField(_("details in French"), max_length=3000, blank=True, default="")
    details_ar = models.TextField(_("details in Arabic"), max_length=3000, blank=True, default="")
    owner = models.ForeignKey(
        Organisation, verbose_name=_("institution in charge"), on_delete=models.PROTECT, related_name="actions"
    )
    owner_person = models.ForeignKey(
        Person, verbose_name=_("person in charge"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due date"))
    first_due_on = models.DateField(_("due date at the beginning"), editable=False)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=ActionState.choices, default=ActionState.TODO)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0, editable=False)
    declared_at = models.DateTimeField(_("declared done"), null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verifier = models.ForeignKey(
        Seat,
        verbose_name=_("seat that verifies"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Named by the committee for the secretariat’s own actions."),
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("code", "title_fr", "title_ar")

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["committee", "code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "code"], name="action_code_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="action_due_after_start",
                violation_error_message=DUE_AFTER_START,
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="action_weight",
                violation_error_message=_("A weight lies between 1 and 100."),
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="action_progress_percent"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="action_not_its_own_part",
                violation_error_message=_("An action is not its own part."),
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.VERIFIED, verified_at__isnull=False)
                | ~Q(state=ActionState.VERIFIED) & Q(verified_at__isnull=True),
                name="action_verified_iff_date",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="action_due_day"),
            models.Index(fields=["code", "id"], name="action_code"),
            models.Index(fields=["state", "due_on", "id"], name="action_due"),
            models.Index(fields=["owner", "state"], name="action_owner"),
            trigram_index("action_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    def clean(self) -> None:
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            raise ValidationError({"due_on": DUE_AFTER_START})

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def details(self) -> str:
        return localized(self, "details")

    @property
    def is_open(self) -> bool:
        return self.state in ACTION_OPEN

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def state_look(self) -> StateLook:
        return ActionState(self.state).look

    def days_late(self, on: date) -> int:
        """How many days past its due date, 0 where it is not late."""
        late = self.state in (ActionState.TODO, ActionState.RUNNING) and self.due_on < on
        return (on - self.due_on).days if late else 0


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> EvidenceQuerySet:
        """Those that prove something: not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


@snapshots()
class Evidence(models.Model):
    """A file that proves something of an action. Never deleted: what proves nothing is withdrawn, and stays."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("what it proves"), max_length=200)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(_("why it was withdrawn"), max_length=500, blank=True, default="")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


@snapshots()
class Progress(models.Model):
    """How far an action is, as somebody declared it on a day: never a bare percentage, always with its note."""

    BESIDE = {"progress_percent": "percent", "progress_has_a_note": "note"}

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="declarations")
    percent = models.PositiveSmallIntegerField(_("done, in per cent"))
    note = models.TextField(_("what was done"), max_length=3000)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("declared"))
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField(_("by a personal link"), default=False)
    is_final = models.BooleanField(_("declares the action done"), default=False)

    class Meta:
        verbose_name = _("declared progress")
        verbose_name_plural = _("declarations of progress")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="progress_percent",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="progress_has_a_note",
                violation_error_message=_("Say what was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"


@snapshots()
class Slip(models.Model):
    """A due date that moved, with its reason; the first one stays on the action."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="slips")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=1000)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moved"))
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("move of a due date")
        verbose_name_plural = _("moves of due dates")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"


@snapshots()
class Verification(models.Model):
    """Somebody of another institution looked at the evidence: confirmed, or sent back."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="verifications")
    confirmed = models.BooleanField(_("confirmed"))
    note = models.TextField(_("what was checked"), max_length=2000)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("verified"))

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.note
