"""How a verb writes a row: checked as a whole, guarded against stale forms, constraints in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, OperationalError, models, transaction

from core.constraints import field_of, placed
from core.errors import Busy, DomainError, ObjectGone, StaleObject
from core.formats.validators import no_hidden_signs, one_line

M = TypeVar("M", bound=models.Model)
LOCK_NOT_AVAILABLE = "55P03"


class Invalid(DomainError):
    """The row would break rules of its model; `errors` holds a list of sentences a field ("" for the whole)."""

    code = "invalid"

    def __init__(self, errors: dict[str, list[str]]) -> None:
        field, sentences = next(iter(errors.items()))
        super().__init__(sentences[0], field=field or None)
        self.errors = errors


@contextmanager
def patient() -> Iterator[None]:
    """Around a verb with its transaction: a lock that did not come in time is said in words. Raises Busy."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") == LOCK_NOT_AVAILABLE:
            raise Busy from error
        raise


def locked(model: type[M], pk: Any, *, version: int | None = None) -> M:
    """The row, locked for this transaction.

    Raises StaleObject when its version is not the one that the form saw, ObjectGone when it was removed meanwhile.
    """
    obj = model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if obj is None:
        raise ObjectGone
    if version is not None and obj.version != version:  # type: ignore[attr-defined]
        raise StaleObject(obj)
    return obj


def insert(obj: M) -> M:
    """Write a new row after every rule of its model was asked."""
    check(obj)
    _write(obj, force_insert=True)
    return obj


def change(obj: M, **changes: Any) -> list[str]:
    """Set the fields, count the version up, write; returns the names that really changed (none: nothing is written)."""
    names = [name for name, value in changes.items() if getattr(obj, name) != value]
    for name in names:
        setattr(obj, name, changes[name])
    if not names:
        return []
    check(obj)
    if hasattr(obj, "version"):
        obj.version += 1
    _write(obj, update_fields=[*names, *(["version"] if hasattr(obj, "version") else [])])
    return names


def check(obj: models.Model) -> None:
    """Ask every rule of the model: fields, signs in texts, uniqueness, constraints. Raises Invalid."""
    errors: dict[str, list[str]] = {}
    generated = {field.name for field in obj._meta.fields if field.generated}
    try:
        _full_clean(obj, generated)
    except ValidationError as error:
        errors = placed(type(obj), error.message_dict)
    for field in obj._meta.fields:
        if isinstance(field, (models.CharField, models.TextField)) and field.name not in errors:
            try:
                text = getattr(obj, field.attname) or ""
                no_hidden_signs(text)
                if isinstance(field, models.CharField):
                    one_line(text)
            except ValidationError as error:
                errors[field.name] = list(error.messages)
    if errors:
        raise Invalid(errors)


def _full_clean(obj: models.Model, generated: set[str]) -> None:
    """Django's `full_clean`, but a column that may be NULL may be: `blank` is about forms, not about verbs."""
    empty = {field.name for field in obj._meta.fields if field.null and getattr(obj, field.attname) is None}
    errors: dict[str, list[ValidationError]] = {}
    wrong: set[str] = set()
    for rule, left_out in (
        (obj.clean_fields, generated | empty),
        (lambda exclude: obj.clean(), generated),
        (obj.validate_unique, generated),
        (obj.validate_constraints, generated),
    ):
        try:
            rule(exclude=left_out | wrong)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
            wrong = set(errors) - {NON_FIELD_ERRORS}
    if errors:
        raise ValidationError(errors)


def _write(obj: models.Model, **how: Any) -> None:
    """Save; another who was quicker by a moment is told by the constraint's own sentence."""
    try:
        with transaction.atomic():
            obj.save(**how)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        for constraint in obj._meta.constraints:
            if constraint.name == name:
                sentence = str(constraint.get_violation_error_message())
                raise Invalid({field_of(type(obj), constraint): [sentence]}) from error
        for field in obj._meta.fields:
            if field.unique and field.column in name:
                text = str(field.error_messages["unique"])
                sentence = text % {"model_name": obj._meta.verbose_name, "field_label": field.verbose_name}
                raise Invalid({field.name: [sentence]}) from error
        raise
