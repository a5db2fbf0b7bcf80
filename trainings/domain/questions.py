"""Up to ten questions that a session asks when somebody registers."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from trainings.domain import editable
from trainings.enums import QuestionKind
from trainings.models import Question, Registration, Session

MOST = 10
MOST_CHOICES = 20


class QuestionFields(TypedDict, total=False):
    label_fr: str
    label_ar: str
    label_en: str
    kind: str
    choices: str
    is_required: bool


@journal.act
def add(*, session: Session, actor: User | None, **fields: Unpack[QuestionFields]) -> Question:
    """A question is added at the end. Raises DomainError beyond ten, or on a list of fewer than two choices."""
    current = editable.lock(session)
    count = current.questions.count()
    if count >= MOST:
        raise DomainError(_("A session asks at most ten questions."), code="too_many_questions")
    question = Question(session=current, position=count + 1, **fields)
    _require_choices(question)
    saving.insert(question)
    journal.record("session.add_question", obj=current, actor=actor, data={"question": question.pk})
    return question


@journal.act
def update(*, question: Question, actor: User | None, **fields: Unpack[QuestionFields]) -> Question:
    """Change a question; once somebody has answered, the kind of answer stays and no choice is taken away."""
    session = editable.lock(question.session)
    current = saving.locked(Question, question.pk)
    before = set(current.choice_list)
    proposed = Question(kind=fields.get("kind", current.kind), choices=fields.get("choices", current.choices))
    if is_answered(current):
        if proposed.kind != current.kind:
            raise DomainError(
                _("People have answered this question: the kind of answer stays."), code="answered", field="kind"
            )
        if before - set(proposed.choice_list):
            raise DomainError(
                _("People have answered this question: choices may be added, not taken away."),
                code="answered",
                field="choices",
            )
    _require_choices(proposed)
    changed = saving.change(current, **fields)
    if changed:
        data: dict[str, str | int | bool | None] = {"question": current.pk, "fields": " ".join(sorted(changed))}
        journal.record("session.edit_question", obj=session, actor=actor, data=data)
    return current


@journal.act
def remove(*, question: Question, actor: User | None) -> None:
    """A question that nobody has answered is removed; the later ones move up."""
    session = editable.lock(question.session)
    current = saving.locked(Question, question.pk)
    if is_answered(current):
        raise DomainError(_("People have answered this question: it stays."), code="answered")
    pk, position = current.pk, current.position
    current.delete()
    for later in session.questions.filter(position__gt=position).order_by("position"):
        saving.change(later, position=later.position - 1)
    journal.record("session.remove_question", obj=session, actor=actor, data={"question": pk})


@journal.act
def move_up(*, question: Question, actor: User | None) -> None:
    """A question changes places with the one before it; the first one stays."""
    session = editable.lock(question.session)
    rows = list(session.questions.select_for_update().order_by("position"))
    index = next(i for i, row in enumerate(rows) if row.pk == question.pk)
    if index == 0:
        return
    before, current = rows[index - 1], rows[index]
    swapped = Case(When(pk=before.pk, then=current.position), When(pk=current.pk, then=before.position))
    session.questions.filter(pk__in=(before.pk, current.pk)).update(position=swapped)
    journal.record("session.move_question", obj=session, actor=actor, data={"question": current.pk})


def is_answered(question: Question) -> bool:
    """Whether a registration of the session holds an answer to it."""
    rows = Registration.objects.filter(part__session=question.session_id)
    return rows.filter(answers__has_key=str(question.pk)).exists()


def _require_choices(question: Question) -> None:
    choices = question.choice_list
    if question.kind == QuestionKind.CHOICE and not 2 <= len(choices) <= MOST_CHOICES:
        raise DomainError(_("Write two to twenty choices, one a line."), code="choices", field="choices")
    if len(set(choices)) != len(choices):
        raise DomainError(_("The same choice stands twice."), code="choices", field="choices")
