"""Persons: the list, the file, its affiliations and consents."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.lists import ListView
from core.views.imports import ImportStart
from core.views.mixins import ActView, PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from directory import exports, history
from directory.domain import consents, duplicates, persons
from directory.forms.persons import AffiliationForm, EndAffiliationForm, NewPersonForm, PersonForm
from directory.lists import PERSONS
from directory.models import Affiliation, Consent, Person
from directory.permissions import can_edit_person, can_list_persons, can_open_persons, can_write
from directory.views import choosing


class PersonListView(PermissionMixin, ListView):
    """Everybody, with the organisations of today."""

    permission = staticmethod(can_list_persons)
    spec = PERSONS
    export = exports.PERSONS
    template_name = "directory/person_list.html"

    def get_queryset(self) -> models.QuerySet[Person]:
        today = Affiliation.objects.in_force(on=timezone.localdate()).select_related("organisation").order_by("pk")
        people = Person.objects.visible_to(self.request.user).select_related("governorate")
        return people.prefetch_related(Prefetch("affiliations", queryset=today, to_attr="affiliations_today"))


class PersonDetailView(ScopedObjectMixin, TemplateView):
    """One file: staff read everybody's, a person reads the own."""

    permission = staticmethod(can_open_persons)
    model = Person
    reads = "directory.person"
    template_name = "directory/person_detail.html"

    def get_queryset(self) -> models.QuerySet[Person]:
        return Person.objects.visible_to(self.request.user).select_related("governorate", "user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(self.object.affiliations.select_related("organisation").order_by("-ends_on", "-starts_on", "-pk"))
        staff = can_edit_person(self.request.user, self.object)
        return super().get_context_data(
            **kwargs,
            person=self.object,
            affiliations=[row for row in rows if row.ends_on is None or row.ends_on >= today],
            past=[row for row in rows if row.ends_on is not None and row.ends_on < today],
            consents=self.object.consents.select_related("text").order_by("-given_at"),
            can_edit=staff,
            lines=history.PERSON.lines_of(self.object) if staff else [],
            candidates=duplicates.of(self.object) if staff else [],
        )


class PersonCreateView(PermissionMixin, FormPage):
    """A new file: a trainer who never signs in, a participant without an address."""

    permission = staticmethod(can_write)
    form_class = NewPersonForm
    heading = _("Enter a person")
    submit = _("Enter the person")
    success_message = _("The person is entered.")
    once = True
    template_name = "directory/person_form.html"
    candidates: list[duplicates.Candidate] = []

    def form_invalid(self, form: NewPersonForm) -> HttpResponse:
        """Whose the address is, where it is known, is shown beside what is wrong."""
        if "email" in form.errors:
            self.known(form)
        if "another" in form.errors:
            form.ask()
        return super().form_invalid(form)

    def known(self, form: NewPersonForm) -> list[duplicates.Candidate]:
        self.candidates = duplicates.likely([form.sought()]).get(0, [])
        return self.candidates

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, candidates=self.candidates)

    def perform(self, form: NewPersonForm) -> Person:
        """Who may be there already is shown once; whoever says that it is somebody else goes on."""
        if not form.cleaned_data["another"] and self.known(form):
            raise duplicates.PerhapsKnown
        return persons.create(actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        if back := choosing.asked_by(self.request):
            return f"{back}{self.result.pk if self.result else ''}"
        if self.result is None:
            return reverse("directory:person-list")
        return reverse("directory:person-detail", args=[self.result.pk])


class PersonImportView(PermissionMixin, ImportStart):
    """Many new files at once, out of a list."""

    permission = staticmethod(can_write)
    kind_code = "directory.persons"


class PersonPage(ScopedObjectMixin):
    """A page on which staff change one file."""

    permission = staticmethod(can_open_persons)
    object_permission = staticmethod(can_edit_person)
    model = Person

    def get_success_url(self) -> str:
        return reverse("directory:person-detail", args=[self.object.pk])


class PersonEditView(PersonPage, FormPage):
    """Correct the file."""

    form_class = PersonForm
    heading = _("Correct the file")
    submit = _("Save")
    success_message = _("The file is saved.")

    def perform(self, form: PersonForm) -> Person:
        return persons.update(person=self.object, version=form.version, actor=self.request.user, **form.changes())


class AffiliationCreateView(PersonPage, FormPage):
    """The person belongs to an organisation more."""

    form_class = AffiliationForm
    heading = _("Add an organisation")
    explanation = _("An organisation that the person has left is ended on the file, with its last day.")
    submit = _("Add the organisation")
    success_message = _("The organisation is added.")

    def perform(self, form: AffiliationForm) -> Affiliation:
        return persons.affiliate(person=self.object, actor=self.request.user, **form.changes())


class AffiliationEndView(ScopedObjectMixin, FormPage):
    """The person has left an organisation."""

    permission = staticmethod(can_open_persons)
    model = Affiliation
    form_class = EndAffiliationForm
    heading = _("End the affiliation")
    explanation = _("The last day counts. The affiliation stays on the file as a past one.")
    submit = _("End the affiliation")
    success_message = _("The affiliation is ended.")

    def object_permission(self, user: Any, obj: Affiliation) -> bool:
        return can_edit_person(user, obj.person)

    def get_queryset(self) -> models.QuerySet[Affiliation]:
        people = Person.objects.visible_to(self.request.user)
        return Affiliation.objects.filter(person__in=people).select_related("person", "organisation")

    def perform(self, form: EndAffiliationForm) -> Affiliation:
        return persons.end_affiliation(affiliation=self.object, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return reverse("directory:person-detail", args=[self.object.person_id])


class ConsentWithdrawView(ScopedObjectMixin, ActView):
    """Staff, or the person signed in, withdraw a consent: as easily as it was given."""

    permission = staticmethod(can_open_persons)
    model = Consent
    success_message = _("The consent is withdrawn. That it was given stays on record.")

    def get_queryset(self) -> models.QuerySet[Consent]:
        people = Person.objects.visible_to(self.request.user)
        return Consent.objects.filter(person__in=people).select_related("person", "text")

    def perform(self) -> Consent:
        return consents.withdraw(consent=self.object, now=timezone.now(), actor=self.request.user)

    def get_success_url(self) -> str:
        return reverse("directory:person-detail", args=[self.object.person_id])
