"""Parts of a session: dates, audience, places. The database itself refuses one place too many."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.localized import localized
from trainings.models.sessions import Session
from trainings.models.trainings import PublicCategory

LETTERS = (
    pgettext_lazy("part", "A"),
    pgettext_lazy("part", "B"),
    pgettext_lazy("part", "C"),
    pgettext_lazy("part", "D"),
    pgettext_lazy("part", "E"),
    pgettext_lazy("part", "F"),
    pgettext_lazy("part", "G"),
    pgettext_lazy("part", "H"),
    pgettext_lazy("part", "I"),
    pgettext_lazy("part", "J"),
)


@snapshots()
class SessionPart(models.Model):
    """A dated part for one audience. `taken` counts places held (offered or confirmed); `last_rank` the ranks given."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("order"))
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True, default="")
    audience_fr = models.CharField(_("audience in French"), max_length=300, blank=True, default="")
    audience_ar = models.CharField(_("audience in Arabic"), max_length=300, blank=True, default="")
    audience_en = models.CharField(_("audience in English"), max_length=300, blank=True, default="")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    last_rank = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="part_position_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="part_ends_after_start",
                violation_error_message=_("A part ends on or after its first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True, taken=0) | models.Q(taken__lte=models.F("capacity")),
                name="part_taken_le_capacity",
                violation_error_message=_("There are more people than places."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def letter(self) -> str:
        """A, B, C …; in Arabic the ordinal."""
        return str(LETTERS[self.position - 1])

    @property
    def name(self) -> str:
        return gettext("Part %(letter)s") % {"letter": self.letter}

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def audience(self) -> str:
        return localized(self, "audience")

    @property
    def free(self) -> int:
        """Places that nobody holds; 0 where the capacity is not documented."""
        return max((self.capacity or 0) - self.taken, 0)


@snapshots()
class PartCategory(models.Model):
    """Places of a part kept to one category of public, counted like those of the part."""

    part = models.ForeignKey(SessionPart, on_delete=models.CASCADE, related_name="categories")
    category = models.ForeignKey(PublicCategory, verbose_name=_("category"), on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("places of a category")
        verbose_name_plural = _("places by category")
        ordering = ["category__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "category"],
                name="part_category_once",
                violation_error_message=_("This category is there already."),
            ),
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("capacity")),
                name="part_category_taken_le_capacity",
                violation_error_message=_("There are more people than places."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.category)

    @property
    def free(self) -> int:
        return max(self.capacity - self.taken, 0)
