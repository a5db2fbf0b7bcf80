"""Meetings, their agendas, convocations and answers."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.localized import localized
from core.models import StoredFile
from directory.enums import Origin
from directory.models import Organisation, Person
from steering.enums import (
    ITEM_MOVES,
    MEETING_MOVES,
    Audience,
    ConvocationKind,
    Expected,
    ItemKind,
    ItemState,
    MeetingKind,
    MeetingState,
    Reply,
    Voice,
)
from steering.models.committees import Committee, FoundingAct
from steering.models.seats import Mandate, Seat


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Staff: all. Members and auditors: those of their committees once convened (or entered from paper)."""
        if user.is_agency_staff:
            return self
        committees = Committee.objects.visible_to(user)
        return self.filter(committee__in=committees).exclude(state=MeetingState.PLANNED)


@snapshots()
class Meeting(models.Model):
    """A meeting of a committee; `act` is the founding act whose rules hold for it, fixed when it is convened."""

    MOVES = MEETING_MOVES
    BESIDE = {"meeting_ends_after_start": "ends_at", "meeting_number_once": "number"}

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    act = models.ForeignKey(
        FoundingAct, verbose_name=_("founding act"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=14, choices=MeetingKind.choices, default=MeetingKind.ORDINARY)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("planned end"))
    place_fr = models.CharField(_("place in French"), max_length=200, blank=True, default="")
    place_ar = models.CharField(_("place in Arabic"), max_length=200, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    answers_until = models.DateTimeField(_("answers are expected by"), null=True, blank=True)
    convened_at = models.DateTimeField(_("convened"), null=True, blank=True, editable=False)
    late_reason = models.CharField(_("reason of the short notice"), max_length=500, blank=True, default="")
    second_call_of = models.OneToOneField(
        "self",
        verbose_name=_("second call of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="second_call",
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    chaired_by = models.ForeignKey(
        Mandate, verbose_name=_("chaired by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_paper = models.BooleanField(_("entered afterwards from paper"), default=False)
    has_no_date = models.BooleanField(_("date to be fixed"), default=False)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("A meeting ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(opened_at__isnull=False, lifted_at__gte=F("opened_at")),
                name="meeting_lifted_after_opened",
                violation_error_message=_("A meeting is lifted after it was opened."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="meeting_date"),
            models.Index(fields=["state", "starts_at"], name="meeting_state"),
            models.Index(fields=["committee", "-starts_at"], name="meeting_committee"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return str(_("Meeting no. %(number)s") % {"number": self.number})

    @property
    def place(self) -> str:
        return localized(self, "place")

    @property
    def day(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def state_look(self) -> StateLook:
        return MeetingState(self.state).look


@snapshots()
class RecurringItem(models.Model):
    """A point that stands on every agenda of a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="recurring_items")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    expected = models.CharField(_("expected result"), max_length=8, choices=Expected.choices, default=Expected.INFORM)
    duration = models.PositiveSmallIntegerField(_("duration in minutes"), default=10)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("recurring point")
        verbose_name_plural = _("recurring points")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return localized(self, "title")


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, user: User) -> AgendaItemQuerySet:
        """Staff: all. Auditors: what is not confidential. Members: that, and what is open to their seat of today."""
        if user.is_agency_staff:
            return self
        shown = Q(audience=Audience.MEMBERS)
        if not user.has_role("auditor"):
            today = timezone.localdate()
            mandates = Mandate.objects.in_force(on=today).filter(person__user=user)
            seats = Seat.objects.in_force(on=today).filter(pk__in=mandates.values("seat_id"))
            voting = seats.filter(voice=Voice.DELIBERATIVE)
            shown |= Q(audience=Audience.VOTERS, meeting__committee__in=voting.values("committee_id"))
            shown |= Q(audience=Audience.NAMED, pk__in=ItemReader.objects.filter(seat__in=seats).values("item_id"))
        return self.filter(shown, meeting__in=Meeting.objects.visible_to(user))


@snapshots()
class AgendaItem(models.Model):
    """One point of an agenda, in its order."""

    MOVES = ITEM_MOVES

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind.choices, default=ItemKind.ORDINARY)
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    rapporteur = models.ForeignKey(
        Organisation, verbose_name=_("rapporteur"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expected = models.CharField(_("expected result"), max_length=8, choices=Expected.choices, default=Expected.INFORM)
    duration = models.PositiveSmallIntegerField(_("duration in minutes"), default=15)
    state = models.CharField(_("state"), max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS)
    readers = models.ManyToManyField(
        Seat, verbose_name=_("named seats"), through="ItemReader", blank=True, related_name="+"
    )
    approves = models.ForeignKey(
        "steering.Minutes",
        verbose_name=_("minutes to approve"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approval_items",
    )
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    treated_at = models.DateTimeField(_("treated"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(duration__gte=1, duration__lte=600), name="agenda_duration"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def state_look(self) -> StateLook:
        return ItemState(self.state).look

    @property
    def is_confidential(self) -> bool:
        return self.audience != Audience.MEMBERS


@snapshots()
class ItemReader(models.Model):
    """A seat that may read a confidential item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="reader_rows")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reader of an agenda item")
        verbose_name_plural = _("readers of agenda items")
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="item_reader_once")]

    def __str__(self) -> str:
        return str(self.seat)


@snapshots()
class ItemDocument(models.Model):
    """A document of an agenda item: read by whoever reads the item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("title of the document"), max_length=200)

    class Meta:
        verbose_name = _("document of an agenda item")
        verbose_name_plural = _("documents of agenda items")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.label


@snapshots()
class Convocation(models.Model):
    """A letter that called a meeting, or corrected that call; what was sent is kept as it was sent.

    `said` is what the letter says (day, place, agenda without what is confidential), word for word.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="convocations")
    kind = models.CharField(_("kind"), max_length=10, choices=ConvocationKind.choices)
    number = models.CharField(_("number"), max_length=40, unique=True)
    note_fr = models.TextField(_("what changes, in French"), max_length=2000, blank=True, default="")
    note_ar = models.TextField(_("what changes, in Arabic"), max_length=2000, blank=True, default="")
    said = models.JSONField(_("what the letter says"), default=dict, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    file_fr = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_ar = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return self.number


@snapshots()
class Invitee(models.Model):
    """One person to whom a convocation is made out: the titular of a seat, or the alternate who was asked to come."""

    convocation = models.ForeignKey(Convocation, on_delete=models.CASCADE, related_name="invitees")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("person convened")
        verbose_name_plural = _("persons convened")
        ordering = ["mandate__seat__rank", "id"]
        constraints = [models.UniqueConstraint(fields=["convocation", "mandate"], name="invitee_once")]

    def __str__(self) -> str:
        return str(self.mandate)


@snapshots()
class Answer(models.Model):
    """What a seat answered to a convocation. Every answer is kept; the newest for the meeting's day counts."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="answers")
    for_on = models.DateField(_("given for the meeting of"))
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(
        Person, verbose_name=_("in whose name"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reply = models.CharField(_("answer"), max_length=10, choices=Reply.choices)
    alternate = models.ForeignKey(
        Mandate, verbose_name=_("alternate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proxy_to = models.ForeignKey(
        Seat, verbose_name=_("proxy to"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    said_by = models.CharField(_("answered by (name)"), max_length=200, blank=True, default="")
    said_as = models.CharField(_("answered by (function)"), max_length=200, blank=True, default="")
    by_link = models.BooleanField(_("by a personal link"), default=False)
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer to a convocation")
        verbose_name_plural = _("answers to convocations")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["meeting", "seat", "-id"], name="answer_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply=Reply.PROXY, proxy_to__isnull=False) | ~Q(reply=Reply.PROXY) & Q(proxy_to=None),
                name="answer_proxy_names_a_seat",
                violation_error_message=_("Name the seat to which the proxy is given."),
            ),
            models.CheckConstraint(
                condition=Q(proxy_to__isnull=True) | ~Q(proxy_to=F("seat")),
                name="answer_proxy_to_another",
                violation_error_message=_("A seat does not give a proxy to itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(Reply(self.reply).label)
