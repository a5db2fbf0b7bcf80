"""What a person writes when asking for a place, and what must be right in it, whoever typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models.user import normalise_email
from core.errors import DomainError
from directory.domain import consents
from directory.enums import Purpose, Sex
from directory.models import ConsentText, Governorate, Organisation
from trainings.enums import QuestionKind
from trainings.models import PublicCategory, Question, Registration, SessionPart

Answer = str | bool
SHORT, LONG = 500, 5000
ONE_ADDRESS = re.compile(r"[^\s,;<>\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Answered:
    """One question, in the words of today where it still stands, and what was answered."""

    label: str
    value: Answer


@dataclass(frozen=True)
class RegistrationData:
    """One request as it was typed; `answers` by the question's id; `consent_text` is the version that was agreed to."""

    email: str = ""
    name_latin: str = ""
    name_ar: str = ""
    sex: str = Sex.UNKNOWN
    phone: str = ""
    function: str = ""
    organisation: Organisation | None = None
    organisation_text: str = ""
    governorate: Governorate | None = None
    category: PublicCategory | None = None
    language: str = "fr"
    answers: Mapping[int, Answer] = field(default_factory=dict)
    consent_text: ConsentText | None = None


def row(*, part: SessionPart, data: RegistrationData) -> Registration:
    """An unsaved registration with what was typed, tidied: address in lower case, texts trimmed."""
    return Registration(
        part=part,
        email=normalise_email(data.email),
        name_latin=data.name_latin.strip(),
        name_ar=data.name_ar.strip(),
        sex=data.sex,
        phone=data.phone,
        function=data.function.strip(),
        organisation=data.organisation,
        organisation_text="" if data.organisation else data.organisation_text.strip(),
        governorate=data.governorate,
        category=data.category,
        language=data.language,
        answers=_kept(part, data.answers),
        consent_text=data.consent_text,
    )


def require(*, part: SessionPart, data: RegistrationData, on: date) -> None:
    """What the public form asks: an address, a name, a category that the part takes, the answers, the consent."""
    require_basics(part=part, data=data)
    if not data.email.strip():
        raise DomainError(
            _("Write your e-mail address: the link to confirm goes there."), code="required", field="email"
        )
    for question in part.session.questions.all():
        if question.is_required and data.answers.get(question.pk) in (None, ""):
            raise DomainError(_("This question needs an answer."), code="required", field=f"question_{question.pk}")
    text = consent_text(on=on)
    if text is None:
        raise DomainError(_("Registration cannot be opened: the consent text is missing."), code="no_consent_text")
    if data.consent_text is None:
        raise DomainError(
            _("Without your consent the agency may not keep your registration."), code="consent", field="consent"
        )
    if data.consent_text != text:
        raise DomainError(
            _("The text to which you consent has changed: read it again."), code="consent", field="consent"
        )


def require_basics(*, part: SessionPart, data: RegistrationData) -> None:
    """What holds for everybody, also for those whom staff enter: one clean address, a name, category, answers."""
    email = normalise_email(data.email)
    if email and not ONE_ADDRESS.fullmatch(email):
        raise DomainError(_("Write one e-mail address, for example nom@exemple.tn."), code="email", field="email")
    if not data.name_latin.strip() and not data.name_ar.strip():
        raise DomainError(_("Give the name in Latin or in Arabic script."), code="required", field="name_latin")
    _require_category(part, data.category)
    for question in part.session.questions.all():
        answer = data.answers.get(question.pk)
        if answer not in (None, ""):
            _require_kind(question, answer)


def answered(registration: Registration) -> list[Answered]:
    """The answers of a registration in the order of the questions; a question that is gone keeps its words of then."""
    labels = {str(question.pk): question.label for question in registration.part.session.questions.all()}
    known = [key for key in labels if key in registration.answers]
    gone = [key for key in registration.answers if key not in labels]
    kept = registration.answers
    return [Answered(labels.get(key) or kept[key]["q"], kept[key]["a"]) for key in (*known, *gone)]


def consent_text(*, on: date) -> ConsentText | None:
    """The text to which one consents on a day."""
    return consents.text_in_force(purpose=Purpose.TRAINING, on=on)


def _require_category(part: SessionPart, category: PublicCategory | None) -> None:
    taken_by = {row.category_id for row in part.categories.all()}
    if taken_by and category is None:
        raise DomainError(_("Choose the category of public to which you belong."), code="required", field="category")
    if category is not None and category.pk not in taken_by:
        raise DomainError(_("This part is not meant for this category of public."), code="category", field="category")


def _require_kind(question: Question, answer: Answer) -> None:
    name = f"question_{question.pk}"
    if question.kind == QuestionKind.YES_NO:
        if not isinstance(answer, bool):
            raise DomainError(_("Answer yes or no."), code="answer", field=name)
        return
    text = str(answer)
    if question.kind == QuestionKind.CHOICE and text not in question.choice_list:
        raise DomainError(_("Choose one of the answers of the list."), code="answer", field=name)
    limit = LONG if question.kind == QuestionKind.LONG else SHORT
    if len(text) > limit:
        sentence = _("Shorten this answer to %(limit)s characters.") % {"limit": limit}
        raise DomainError(sentence, code="answer", field=name)


def _kept(part: SessionPart, answers: Mapping[int, Answer]) -> dict[str, dict[str, Answer]]:
    """Answers with the question's words of the day: they can be read when the question has changed since."""
    questions = part.session.questions.all()
    given = ((question, answers.get(question.pk)) for question in questions)
    return {str(q.pk): {"q": q.label_fr, "a": answer} for q, answer in given if answer not in (None, "")}
