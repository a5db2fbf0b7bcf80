"""The history of a person, an organisation, a programme, a delegation and a holiday."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import history_rights
from core.formats import listed, plain_date
from core.views.history import HistoryPage
from directory import history
from directory.models import Delegation, Holiday, Organisation, Person, Programme
from directory.permissions import can_list_persons, can_read_bodies


class PersonHistory(HistoryPage):
    """For staff: the person reads what is on the file."""

    permission = staticmethod(can_list_persons)
    rights = staticmethod(history_rights)
    model = Person
    reads = "directory.person"
    trail = history.PERSON
    subject = _("Person")

    def get_object_url(self) -> str:
        return reverse("directory:person-detail", args=[self.object.pk])


class OrganisationHistory(HistoryPage):
    """Staff; auditors read it without contacts, people and reasons."""

    permission = staticmethod(can_read_bodies)
    rights = staticmethod(history_rights)
    model = Organisation
    trail = history.ORGANISATION
    subject = _("Organisation")

    def get_object_url(self) -> str:
        return reverse("directory:organisation-detail", args=[self.object.pk])


class ProgrammeHistory(HistoryPage):
    """Staff and auditors."""

    permission = staticmethod(can_read_bodies)
    rights = staticmethod(history_rights)
    model = Programme
    trail = history.PROGRAMME
    subject = _("Programme")

    def get_object_url(self) -> str:
        return reverse("directory:programme-detail", args=[self.object.pk])


class DelegationHistory(HistoryPage):
    """Staff and auditors."""

    permission = staticmethod(can_read_bodies)
    rights = staticmethod(history_rights)
    model = Delegation
    trail = history.DELEGATION
    subject = _("Delegation")

    def get_object_url(self) -> str:
        return reverse("directory:delegation-detail", args=[self.object.pk])


class HolidayHistory(HistoryPage):
    """Which day it was thought to be, and since when it is known."""

    permission = staticmethod(can_read_bodies)
    rights = staticmethod(history_rights)
    model = Holiday
    trail = history.HOLIDAY
    subject = _("Holiday")

    def get_object_url(self) -> str:
        return f"{reverse('directory:calendar')}?year={self.object.on.year}"

    def get_subject_name(self) -> str:
        return listed((str(self.object), plain_date(self.object.on)))
