"""Sessions: a training at a place and a time, made of dated parts; its trainers and its questions."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.keys import key_field, trigram_index
from core.localized import localized
from directory.models import Governorate, Person
from trainings.enums import PUBLIC_STATES, SESSION_MOVES, QuestionKind, SessionKind, SessionState
from trainings.models.trainings import Training


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> SessionQuerySet:
        """Staff: all. Auditors: all but drafts. Trainers: their own. Nobody else sees the staff side."""
        if user.is_agency_staff:
            return self
        scope = models.Q(pk__in=[])
        if user.has_role("auditor"):
            scope |= ~models.Q(state=SessionState.DRAFT)
        if user.has_role("trainer"):
            scope |= models.Q(pk__in=SessionTrainer.objects.filter(person__user=user).values("session_id"))
        return self.filter(scope)

    def marked_by(self, user: User) -> SessionQuerySet:
        """Whose attendance a person marks: staff all, a trainer the own ones, whatever else they may read."""
        if user.is_agency_staff:
            return self
        return self.filter(pk__in=SessionTrainer.objects.filter(person__user=user).values("session_id"))

    def public(self) -> SessionQuerySet:
        """What everybody may read: published at some time, cancelled included."""
        return self.filter(state__in=PUBLIC_STATES)

    def upcoming(self, *, on: date) -> SessionQuerySet:
        """Not over on a day; those that wait for a new date are not over either."""
        return self.filter(models.Q(ends_on__gte=on) | models.Q(state=SessionState.POSTPONED))


LATER = ("cancelled_publicly_ar", "cancelled_publicly_en", "postponed_times", "resumes_as")


@snapshots(exclude=("key", "title_key"), later=LATER)
class Session(models.Model):
    """A session. Its first and last day are those of its parts, kept here by the domain for sorting."""

    MOVES = SESSION_MOVES

    training = models.ForeignKey(
        Training, verbose_name=_("training"), on_delete=models.PROTECT, related_name="sessions"
    )
    kind = models.CharField(_("kind"), max_length=3, choices=SessionKind.choices, default=SessionKind.TRAINING)
    code = models.CharField(_("code"), max_length=30, unique=True)
    slug = models.SlugField(max_length=40, unique=True, editable=False)
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True, default="")
    presentation_fr = models.TextField(_("presentation in French"), max_length=5000, blank=True, default="")
    presentation_ar = models.TextField(_("presentation in Arabic"), max_length=5000, blank=True, default="")
    presentation_en = models.TextField(_("presentation in English"), max_length=5000, blank=True, default="")
    state = models.CharField(_("state"), max_length=12, choices=SessionState.choices, default=SessionState.DRAFT)
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    venue_fr = models.CharField(_("venue in French"), max_length=200, blank=True, default="")
    venue_ar = models.CharField(_("venue in Arabic"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    registration_closes_at = models.DateTimeField(_("registration until"), null=True, blank=True)
    is_moderated = models.BooleanField(_("staff decide on each registration"), default=False)
    offer_hours = models.PositiveSmallIntegerField(_("hours to accept an offered place"), default=48)
    attendance_threshold = models.PositiveSmallIntegerField(
        _("attendance needed for the certificate, in per cent"), default=75
    )
    cancelled_publicly = models.CharField(_("public notice"), max_length=300, blank=True, default="")
    cancelled_publicly_ar = models.CharField(_("public notice in Arabic"), max_length=300, blank=True, default="")
    cancelled_publicly_en = models.CharField(_("public notice in English"), max_length=300, blank=True, default="")
    resumes_as = models.CharField(
        _("state once the new date is fixed"), max_length=12, choices=SessionState.choices, blank=True, default=""
    )
    postponed_times = models.PositiveSmallIntegerField(_("times postponed"), default=0, editable=False)
    proposed_by = models.ForeignKey(
        User, verbose_name=_("proposed by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    certified_at = models.DateTimeField(_("first certificate issued on"), null=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("entered on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("code", "title_fr", "title_ar", "title_en", "venue_fr", "venue_ar")
    title_key = key_field("title_fr")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="session_ends_after_start",
                violation_error_message=_("A session ends on or after its first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(attendance_threshold__gte=1, attendance_threshold__lte=100),
                name="session_threshold_percent",
                violation_error_message=_("The threshold lies between 1 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=models.Q(offer_hours__gte=1, offer_hours__lte=720),
                name="session_offer_hours",
                violation_error_message=_("An offer stands for 1 to 720 hours."),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_on", "id"], name="session_starts"),
            models.Index(fields=["state", "starts_on", "id"], name="session_state"),
            models.Index(fields=["title_key", "id"], name="session_title"),
            models.Index(fields=["code", "id"], name="session_code"),
            models.Index(
                fields=["ends_on"],
                condition=models.Q(certified_at__isnull=True, state__in=[SessionState.CLOSED, SessionState.HELD]),
                name="session_to_certify",
            ),
            trigram_index("session_search"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def public_notice(self) -> str:
        """What the public reads of a cancellation or a postponement, in the reader's language where it was written."""
        other = {"ar": self.cancelled_publicly_ar, "en": self.cancelled_publicly_en}
        return other.get((get_language() or "")[:2]) or self.cancelled_publicly

    @property
    def has_no_date(self) -> bool:
        """It is postponed, and its dates are those of before."""
        return self.state == SessionState.POSTPONED

    @property
    def kind_label(self) -> str:
        return str(SessionKind(self.kind).label)

    @property
    def presentation(self) -> str:
        return localized(self, "presentation")

    @property
    def venue(self) -> str:
        return localized(self, "venue")

    @property
    def venue_en(self) -> str:
        return self.venue_fr

    @property
    def is_fictional(self) -> bool:
        return self.training.programme.is_fictional

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def state_look(self) -> StateLook:
        return SessionState(self.state).look

    def takes_registrations(self, *, at: datetime) -> bool:
        """Registration is open and neither its deadline nor the last day has passed."""
        in_time = self.registration_closes_at is None or at < self.registration_closes_at
        return self.state == SessionState.OPEN and in_time and timezone.localdate(at) <= self.ends_on


@snapshots()
class SessionTrainer(models.Model):
    """A person who gives the session; needs no account."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, verbose_name=_("trainer"), on_delete=models.PROTECT, related_name="taught")

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                name="trainer_once",
                violation_error_message=_("This person is a trainer of the session already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


@snapshots()
class Question(models.Model):
    """One of the up to ten questions that a session asks when somebody registers."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    label_fr = models.CharField(_("question in French"), max_length=300)
    label_ar = models.CharField(_("question in Arabic"), max_length=300, blank=True, default="")
    label_en = models.CharField(_("question in English"), max_length=300, blank=True, default="")
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    choices = models.TextField(_("choices, one a line"), max_length=2000, blank=True, default="")
    is_required = models.BooleanField(_("an answer is required"), default=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "position"], name="question_position_once", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=10),
                name="question_at_most_ten",
                violation_error_message=_("A session asks at most ten questions."),
            ),
        ]

    def __str__(self) -> str:
        return localized(self, "label")

    @property
    def label(self) -> str:
        return localized(self, "label")

    @property
    def choice_list(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
