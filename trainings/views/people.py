"""Who gives a session, and what it asks of those who register."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core import search
from core.views.mixins import ActView, DomainFormMixin, ScopedObjectMixin
from directory.models import Person
from trainings import permissions
from trainings.domain import questions, trainers
from trainings.forms.questions import QuestionForm
from trainings.models import Question, Session, SessionTrainer
from trainings.views.session_forms import OfSession

SHOWN = 20


class TrainerList(OfSession, TemplateView):
    """The trainers, and a search in the directory for one more."""

    template_name = "trainings/sessions/trainers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = search.clean(self.request.GET.get("q", ""))
        found: list[Person] = []
        if typed:
            rows = Person.objects.visible_to(self.request.user).exclude(taught__session=self.object)
            found = list(search.matching(rows, typed).order_by("key", "id")[:SHOWN])
        return super().get_context_data(
            trainers=self.object.trainers.select_related("person__user"), q=typed, found=found, shown=SHOWN, **kwargs
        )


class TrainerAdd(OfSession, ActView):
    """A person of the directory becomes a trainer of the session."""

    success_message = _("The trainer is added.")

    def perform(self) -> None:
        asked = self.request.POST.get("person", "")
        person = get_object_or_404(
            Person.objects.visible_to(self.request.user), pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0
        )
        trainers.add(session=self.object, person=person, actor=self.request.user)

    def get_success_url(self) -> str:
        return reverse("trainings:trainer-list", args=[self.object.slug])


class TrainerRemove(ScopedObjectMixin, ActView):
    """A trainer leaves the session."""

    permission = staticmethod(permissions.is_staff)
    model = SessionTrainer
    success_message = _("The trainer is removed from the session.")

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Session.objects.visible_to(self.request.user)
        return SessionTrainer.objects.filter(session__in=visible).select_related("session", "person")

    def perform(self) -> None:
        trainers.remove(trainer=self.object, actor=self.request.user)

    def get_success_url(self) -> str:
        return reverse("trainings:trainer-list", args=[self.object.session.slug])


class QuestionList(OfSession, DomainFormMixin, FormView):
    """The questions of a session, and a form for one more."""

    template_name = "trainings/sessions/questions.html"
    form_class = QuestionForm
    success_message = _("The question is added.")
    once = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(self.object.questions.all())
        return super().get_context_data(questions=rows, is_full=len(rows) >= questions.MOST, **kwargs)

    def perform(self, form: QuestionForm) -> Question:
        return questions.add(session=self.object, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return reverse("trainings:question-list", args=[self.object.slug])


class OfQuestion(ScopedObjectMixin):
    """A page of staff about one question."""

    permission = staticmethod(permissions.is_staff)
    model = Question

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Session.objects.visible_to(self.request.user)
        return Question.objects.filter(session__in=visible).select_related("session__training__programme")

    def get_success_url(self) -> str:
        return reverse("trainings:question-list", args=[self.object.session.slug])


class QuestionEdit(OfQuestion, DomainFormMixin, FormView):
    """Change a question."""

    template_name = "trainings/sessions/question.html"
    form_class = QuestionForm
    success_message = _("The question is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Question.objects.get(pk=self.object.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            session=self.object.session, question=self.object, cancel_url=self.get_success_url(), **kwargs
        )

    def perform(self, form: QuestionForm) -> Question:
        return questions.update(question=self.object, actor=self.request.user, **form.changes())


class QuestionRemove(OfQuestion, ActView):
    """Take a question away that nobody has answered."""

    success_message = _("The question is removed.")

    def perform(self) -> None:
        questions.remove(question=self.object, actor=self.request.user)


class QuestionUp(OfQuestion, ActView):
    """A question changes places with the one before it."""

    def perform(self) -> None:
        questions.move_up(question=self.object, actor=self.request.user)
