"""The agenda's items and documents, and the points that stand on every agenda. Confidential ones open to few."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.http.response import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from core.views.files import handed_over
from core.views.mixins import ActView, PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering import permissions
from steering.domain import agenda, recurring
from steering.forms.agenda import DocumentForm, ItemForm, RecurringForm
from steering.models import AgendaItem, Committee, ItemDocument, RecurringItem
from steering.views.meetings import MeetingPage

WRITERS = staticmethod(permissions.can_write)


class AgendaFill(MeetingPage, ActView):
    """Put on the agenda what the portal knows and is not there yet."""

    permission = WRITERS
    success_message = _("The agenda is up to date.")

    def perform(self) -> None:
        agenda.fill(meeting=self.object, actor=self.request.user)


class ItemCreate(MeetingPage, FormPage):
    """One more item, at the end."""

    permission = WRITERS
    form_class = ItemForm
    heading = _("Add an item to the agenda")
    submit = _("Add the item")
    success_message = _("The item is on the agenda.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return {**kwargs, "meeting": self.object}

    def perform(self, form: ItemForm) -> AgendaItem:
        return agenda.add(meeting=self.object, actor=self.request.user, **form.changes())


class ItemPage(ScopedObjectMixin):
    """A page about one item; whoever may not read it gets 404."""

    permission = WRITERS
    model = AgendaItem

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("meeting__committee")

    def get_success_url(self) -> str:
        return reverse("steering:meeting-detail", args=[self.object.meeting_id])


class ItemEdit(ItemPage, FormPage):
    """Correct an item."""

    form_class = ItemForm
    heading = _("Correct the item")
    submit = _("Save")
    success_message = _("The item is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "meeting": self.object.meeting}

    def perform(self, form: ItemForm) -> AgendaItem:
        return agenda.correct(item=self.object, version=form.version, actor=self.request.user, **form.changes())


class ItemAct(MeetingPage, ActView):
    """A button beside an item; a second click finds it gone, and changes nothing."""

    permission = WRITERS

    @property
    def item(self) -> AgendaItem | None:
        return self.object.items.select_related("meeting").filter(pk=self.kwargs["item"]).first()


class ItemMove(ItemAct):
    """One place up or down."""

    def perform(self) -> None:
        item = self.item
        if item is not None:
            agenda.move(item=item, up=self.kwargs["direction"] == "up", actor=self.request.user)


class ItemRemove(ItemAct):
    """Off the agenda."""

    success_message = _("The item is off the agenda.")

    def perform(self) -> None:
        item = self.item
        if item is not None:
            agenda.remove(item=item, actor=self.request.user)


class DocumentAdd(ItemPage, FormPage):
    """A document for whoever reads the item."""

    form_class = DocumentForm
    heading = _("Add a document")
    explanation = _("It is read by whoever may read the item, and by nobody else.")
    submit = _("Add the document")
    success_message = _("The document is with its item.")
    once = True

    def perform(self, form: DocumentForm) -> ItemDocument:
        upload = form.cleaned_data["file"]
        return agenda.add_document(
            item=self.object,
            name=upload.name,
            content=upload.read(),
            label=form.cleaned_data["label"],
            actor=self.request.user,
            now=timezone.now(),
        )


class DocumentFile(ScopedObjectMixin, View):
    """One document: it is there for whoever reads its item, else 404."""

    permission = staticmethod(permissions.can_read)
    model = ItemDocument

    def get_queryset(self) -> models.QuerySet[Any]:
        readable = AgendaItem.objects.visible_to(self.request.user)
        return ItemDocument.objects.filter(item__in=readable).select_related("file")

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        return handed_over(self.object.file)


class DocumentRemove(MeetingPage, ActView):
    """Away from its item; a second click changes nothing."""

    permission = WRITERS
    success_message = _("The document is taken away.")

    def perform(self) -> None:
        rows = ItemDocument.objects.filter(item__meeting=self.object).select_related("item__meeting")
        document = rows.filter(pk=self.kwargs["document"]).first()
        if document is not None:
            agenda.remove_document(document=document, actor=self.request.user)


class CommitteePoints(PermissionMixin):
    """Pages about the recurring points of one committee."""

    permission = WRITERS

    @property
    def committee(self) -> Committee:
        return get_object_or_404(Committee, slug=self.kwargs["slug"])

    def get_success_url(self) -> str:
        return reverse("steering:recurring-list", args=[self.kwargs["slug"]])


class RecurringList(CommitteePoints, TemplateView):
    """What stands on every agenda of the committee."""

    template_name = "steering/meetings/recurring.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        committee = self.committee
        return super().get_context_data(committee=committee, points=list(committee.recurring_items.all()), **kwargs)


class RecurringCreate(CommitteePoints, FormPage):
    """One more point of every agenda."""

    form_class = RecurringForm
    heading = _("Add a recurring point")
    explanation = _("It stands on every agenda that is planned from now on.")
    submit = _("Add the point")
    success_message = _("The point is kept.")
    once = True

    def perform(self, form: RecurringForm) -> RecurringItem:
        return recurring.add(committee=self.committee, actor=self.request.user, **form.changes())


class PointPage(ScopedObjectMixin):
    """One recurring point."""

    permission = WRITERS
    model = RecurringItem

    def get_queryset(self) -> models.QuerySet[Any]:
        return RecurringItem.objects.select_related("committee")

    def get_success_url(self) -> str:
        return reverse("steering:recurring-list", args=[self.object.committee.slug])


class RecurringEdit(PointPage, FormPage):
    """Correct a point; agendas that have it stay as they are."""

    form_class = RecurringForm
    heading = _("Correct the recurring point")
    submit = _("Save")
    success_message = _("The point is kept.")

    def perform(self, form: RecurringForm) -> RecurringItem:
        return recurring.correct(point=self.object, version=form.version, actor=self.request.user, **form.changes())


class RecurringRemove(CommitteePoints, ActView):
    """No longer on the agendas to come; a second click changes nothing."""

    success_message = _("The point stands on no further agenda.")

    def perform(self) -> None:
        point = self.committee.recurring_items.filter(pk=self.kwargs["pk"]).first()
        if point is not None:
            recurring.remove(point=point, actor=self.request.user)
