"""Minutes of a meeting: notes by item with their revisions, remarks, the files that were sent and frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.localized import localized
from core.models import StoredFile
from steering.enums import MINUTES_MOVES, MinutesState, RemarkState
from steering.models.meetings import AgendaItem, Meeting
from steering.models.seats import Mandate, Seat


@snapshots()
class Minutes(models.Model):
    """The minutes of one meeting. Approved by the committee at a later meeting, they are frozen with their hash."""

    MOVES = MINUTES_MOVES

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(_("state"), max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFT)
    remarks_until = models.DateTimeField(_("remarks are expected by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent for remarks"), null=True, blank=True, editable=False)
    approved_in = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("hash of the frozen text"), max_length=64, blank=True, default="", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MinutesState.APPROVED, approved_at__isnull=False, sha256__regex="^[0-9a-f]{64}$")
                | ~Q(state=MinutesState.APPROVED),
                name="minutes_approved_are_frozen",
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def state_look(self) -> StateLook:
        return MinutesState(self.state).look


@snapshots()
class ItemNote(models.Model):
    """What was said in an item, in the language in which it was written; every save is a revision."""

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="note")
    text_fr = models.TextField(_("notes in French"), max_length=20000, blank=True, default="")
    text_ar = models.TextField(_("notes in Arabic"), max_length=20000, blank=True, default="")
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("notes of an item")
        verbose_name_plural = _("notes of items")

    def __str__(self) -> str:
        return localized(self, "text")


@snapshots()
class Remark(models.Model):
    """What a seat remarked on the draft minutes, and what became of it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="remarks")
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("item"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("remark"), max_length=3000)
    at = models.DateTimeField(_("written"))
    state = models.CharField(_("state"), max_length=6, choices=RemarkState.choices, default=RemarkState.OPEN)
    answer = models.CharField(_("answer of the secretariat"), max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text


@snapshots()
class MinutesText(models.Model):
    """The whole text of the minutes as it was sent, or frozen: what was read stays what it was, whatever changes after.

    `record` is `domain.record.Record` as data; `sha256` is the hash of its canonical form.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state of the minutes"), max_length=10, choices=MinutesState.choices)
    record = models.JSONField(_("text"))
    sha256 = models.CharField(_("hash"), max_length=64)
    at = models.DateTimeField(_("kept"))
    remarks_until = models.DateTimeField(_("remarks are expected by"), null=True, blank=True)

    class Meta:
        verbose_name = _("text of minutes")
        verbose_name_plural = _("texts of minutes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_text_once"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="minutes_text_has_a_hash"),
        ]

    def __str__(self) -> str:
        return str(_("Text no. %(number)s") % {"number": self.number})

    @property
    def is_frozen(self) -> bool:
        return self.state == MinutesState.APPROVED


@snapshots()
class MinutesFile(models.Model):
    """A text as it was printed: whole for the secretariat, without confidential items for the members."""

    text = models.ForeignKey(MinutesText, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    is_whole = models.BooleanField(_("with the confidential items"), default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of minutes")
        verbose_name_plural = _("files of minutes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["text", "language", "is_whole"], name="minutes_file_once")]

    def __str__(self) -> str:
        return str(self.file)
