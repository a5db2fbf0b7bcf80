"""Changing a row that people edit: lock it, refuse a stale version, write only what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from core.errors import DomainError, StaleObject

M = TypeVar("M", bound=models.Model)


def lock(obj: M, *, version: int | None = None) -> M:
    """The row as it stands now, locked until the transaction ends.

    Raises StaleObject when somebody changed it since `version` was read; None means that the caller saw no form.
    """
    current = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
    if version is not None and version != current.version:  # type: ignore[attr-defined]
        raise StaleObject(current)
    return current


def write(obj: M, changes: Mapping[str, Any]) -> frozenset[str]:
    """Set and save what differs, and count the version up; returns the names of the fields that changed.

    Raises DomainError naming the first field whose value its column does not take (too long, not a choice).
    """
    changed = [name for name, value in changes.items() if getattr(obj, name) != value]
    for name in changed:
        setattr(obj, name, changes[name])
    if changed:
        check(obj, changed)
        obj.version += 1  # type: ignore[attr-defined]
        obj.save(update_fields=[*changed, "version"])
    return frozenset(changed)


def check(obj: models.Model, names: list[str] | None = None) -> None:
    """Hold the plain fields of `obj` (all, or `names`) against their columns; DomainError on the first refusal."""
    fields = [f for f in obj._meta.concrete_fields if not f.is_relation and not f.generated and not f.primary_key]
    wanted = {f.name for f in fields} if names is None else {f.name for f in fields} & set(names)
    try:
        obj.clean_fields(exclude={f.name for f in obj._meta.fields} - wanted)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise DomainError(messages[0], code="invalid", field=field) from error
