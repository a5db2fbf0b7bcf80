"""The form of a training."""

from __future__ import annotations

from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from core.formats.fields import formfield
from core.forms import PortalModelForm
from trainings.forms import layout
from trainings.models import Training


class TrainingForm(PortalModelForm):
    """What is taught: title, objectives, programme, sector."""

    class Meta:
        model = Training
        formfield_callback = formfield
        fields = (
            "title_fr",
            "title_ar",
            "title_en",
            "programme",
            "sector",
            "objectives_fr",
            "objectives_ar",
            "objectives_en",
            "validity_months",
        )
        help_texts: ClassVar = {
            "validity_months": _("Counted from the last day of the part. Empty: they are valid without an end."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layout.mark_languages(self)
        layout.rows(self, "objectives_fr", "objectives_ar", "objectives_en", lines=5)
        version = ["version"] if "version" in self.fields else []
        self.helper.layout = Layout(
            layout.group(_("Title"), layout.languages("title")),
            layout.group(_("Programme and sector"), layout.side_by_side("programme", "sector")),
            layout.group(_("Objectives"), layout.languages("objectives")),
            layout.group(_("Certificates"), layout.side_by_side("validity_months")),
            *version,
        )
