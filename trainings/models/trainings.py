"""What is taught, and the categories of public that it is taught to."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field
from core.localized import LocalizedName, localized
from directory.models import Programme, Sector


@snapshots()
class PublicCategory(LocalizedName):
    """A category of public, such as interface structures or ministries: reference data."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("category of public")
        verbose_name_plural = _("categories of public")
        ordering = ["position", "id"]


@snapshots(exclude=("key",))
class Training(models.Model):
    """A training of a programme: the content that sessions give at a place and a date."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="trainings"
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title_fr = models.CharField(_("title in French"), max_length=300)
    title_ar = models.CharField(_("title in Arabic"), max_length=300, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True, default="")
    objectives_fr = models.TextField(_("objectives in French"), max_length=5000, blank=True, default="")
    objectives_ar = models.TextField(_("objectives in Arabic"), max_length=5000, blank=True, default="")
    objectives_en = models.TextField(_("objectives in English"), max_length=5000, blank=True, default="")
    validity_months = models.PositiveSmallIntegerField(
        _("months for which its certificates are valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    created_at = models.DateTimeField(_("entered on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("title_fr", "title_ar", "title_en")

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(validity_months__isnull=True)
                | models.Q(validity_months__gte=1, validity_months__lte=120),
                name="training_validity_months",
                violation_error_message=_("Certificates are valid for 1 to 120 months, or without an end."),
            )
        ]
        indexes = [models.Index(fields=["key", "id"], name="training_key")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self, "title")

    @property
    def objectives(self) -> str:
        return localized(self, "objectives")

    @property
    def is_fictional(self) -> bool:
        return self.programme.is_fictional
