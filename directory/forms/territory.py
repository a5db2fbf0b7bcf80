"""A delegation: its names and its days."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.forms.organisations import ARABIC, ENGLISH, FRENCH, NAME_LABELS
from directory.models import Delegation


class DelegationForm(PortalModelForm):
    """Names, first day and where this is documented."""

    class Meta:
        model = Delegation
        fields = ["name_fr", "name_ar", "name_en", "valid_from", "source"]
        labels = {**NAME_LABELS, "valid_from": _("Exists since")}
        widgets = {"name_fr": FRENCH, "name_ar": ARABIC, "name_en": ENGLISH}
        help_texts = {
            "valid_from": _("Empty: not documented."),
            "source": _("For example the decree and its date."),
        }
        formfield_callback = formfield


class CloseDelegationForm(PortalForm):
    """The last day, and the act that says so."""

    versioned = True

    valid_to = DateField(label=_("Last day"))
    source = OneLineField(label=_("Act or source"), max_length=300, help_text=_("For example the decree and its date."))
