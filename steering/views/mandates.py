"""Mandates: appointed, corrected, replaced, ended, taken back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import mandates
from steering.enums import MandateKind
from steering.forms.seats import EndForm, MandateEditForm, MandateForm, ReasonForm, ReplaceForm
from steering.models import Committee, Mandate
from steering.permissions import can_write
from steering.views.picking import Picking
from steering.views.seats import SeatPage

CHOOSE_FIRST = _("Choose a person first.")


class MandateCreate(SeatPage, FormPage):
    """First who, then since when and by which letter."""

    permission = staticmethod(can_write)
    form_class = MandateForm
    template_name = "steering/committees/pick.html"
    heading = _("Appoint a person")
    explanation = _("A person of the directory, with or without an account. Whoever is not there is entered first.")
    submit = _("Appoint")
    success_message = _("The person is appointed.")
    once = True

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, "person", people=True)

    def get_initial(self) -> dict[str, Any]:
        person = self.picking.chosen
        return {"kind": MandateKind.TITULAR, "function": person.function if person else ""}

    def perform(self, form: MandateForm) -> Mandate:
        if self.picking.chosen is None:
            raise ValidationError(CHOOSE_FIRST)
        return mandates.appoint(seat=self.object, person=self.picking.chosen, actor=self.request.user, **form.changes())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class OneMandate(ScopedObjectMixin):
    """A page about one mandate."""

    permission = staticmethod(can_write)
    model = Mandate

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Committee.objects.visible_to(self.request.user)
        rows = Mandate.objects.filter(seat__committee__in=visible)
        return rows.select_related("seat__committee", "seat__organisation", "person")

    def get_success_url(self) -> str:
        return reverse("steering:seat-detail", args=[self.object.seat_id])


class AccountLink(OneMandate, ActView):
    """The account with the person's address becomes the person's: by a button, once staff have looked."""

    success_message = _("The account is linked to the file of the person.")

    def perform(self) -> Any:
        return mandates.link_account(mandate=self.object, actor=self.request.user)


class MandatePage(OneMandate, FormPage):
    """A form about one mandate."""

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version, "ends_on": self.object.ends_on}


class MandateEdit(MandatePage):
    """Kind, days, function and letter."""

    form_class = MandateEditForm
    heading = _("Correct the mandate")
    explanation = _("Another person is appointed by a replacement, so that the past keeps its names.")
    submit = _("Save")
    success_message = _("The mandate is saved.")

    def get_initial(self) -> dict[str, Any]:
        names = ("kind", "function", "starts_on", "ends_on", "letter", "letter_on", "version")
        return {name: getattr(self.object, name) for name in names}

    def perform(self, form: MandateEditForm) -> Mandate:
        return mandates.correct(mandate=self.object, version=form.version, actor=self.request.user, **form.changes())


class MandateEnd(MandatePage):
    """The last day, without a successor."""

    form_class = EndForm
    heading = _("End the mandate")
    explanation = _("Without a successor the seat stays empty; whoever follows is named by a replacement.")
    submit = _("End the mandate")
    success_message = _("The mandate has its end.")

    def perform(self, form: EndForm) -> Mandate:
        return mandates.end(
            mandate=self.object,
            version=form.version,
            ends_on=form.cleaned_data["ends_on"],
            actor=self.request.user,
        )


class MandateReplace(MandatePage):
    """One act: the old mandate ends on the day before, the new one begins."""

    form_class = ReplaceForm
    template_name = "steering/committees/pick.html"
    heading = _("Replace a person")
    explanation = _("The former mandate ends on the day before. Past documents keep the former name.")
    submit = _("Replace")
    success_message = _("The person is replaced: both mandates stay in the history.")

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, "person", people=True)

    def get_initial(self) -> dict[str, Any]:
        person = self.picking.chosen
        return {"version": self.object.version, "function": person.function if person else ""}

    def perform(self, form: ReplaceForm) -> Mandate:
        if self.picking.chosen is None:
            raise ValidationError(CHOOSE_FIRST)
        return mandates.replace(
            mandate=self.object,
            version=form.version,
            person=self.picking.chosen,
            actor=self.request.user,
            **form.changes(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class MandateRemove(MandatePage):
    """Entered by mistake."""

    form_class = ReasonForm
    heading = _("Take back a mandate entered by mistake")
    explanation = _("Only where nothing was done under it. Who has really left gets an end instead.")
    submit = _("Take back")
    success_message = _("The mandate is taken back.")

    def get_initial(self) -> dict[str, Any]:
        return {}

    def perform(self, form: ReasonForm) -> None:
        mandates.take_back(mandate=self.object, actor=self.request.user, reason=form.cleaned_data["reason"])
