"""Which field a broken constraint speaks of, so that its sentence stands beside it and not only above the form."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models


def field_of(model: type[models.Model], constraint: models.BaseConstraint) -> str:
    """The field named by the model's `BESIDE`, or the only field of a unique constraint, or none."""
    named: dict[str, str] = getattr(model, "BESIDE", {})
    only = constraint.fields if isinstance(constraint, models.UniqueConstraint) else ()
    return named.get(constraint.name, only[0] if len(only) == 1 else "")


def placed(model: type[models.Model], errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """The errors of `full_clean()` with each constraint's sentence beside its field ("" for what has none)."""
    found: dict[str, list[str]] = {}
    by_sentence = {str(c.get_violation_error_message()): field_of(model, c) for c in model._meta.constraints}
    for name, sentences in errors.items():
        for sentence in sentences:
            field = by_sentence.get(sentence, "") if name in (NON_FIELD_ERRORS, "") else name
            found.setdefault(field, []).append(sentence)
    return found
