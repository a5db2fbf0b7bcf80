"""The announced day of a feast."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField
from core.forms import PortalForm


class ConfirmHolidayForm(PortalForm):
    """The first day off of a lunar feast, as it was announced."""

    on = DateField(label=_("First day off, as announced"))
    source = OneLineField(label=_("Announcement"), max_length=200, required=False)
