"""Committees: made, corrected; a sub-committee hangs under another."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Organisation, Programme
from steering.models import Committee, Seat

SLUG_LENGTH = 50


class CommitteeFields(TypedDict, total=False):
    name_fr: str
    name_ar: str
    name_en: str
    programme: Programme | None
    parent: Committee | None
    secretariat: Organisation | None
    verifier: Seat | None
    source: str
    origin: str


@journal.act
def create(*, actor: User | None, now: datetime, **fields: Unpack[CommitteeFields]) -> Committee:
    """A committee has a name in French like no other's; its rules come with its founding act. Raises Invalid."""
    committee = saving.insert(Committee(slug=_free_slug(fields["name_fr"]), created_at=now, **fields))
    journal.record("committee.create", obj=committee, actor=actor)
    return committee


@journal.act
def update(
    *, committee: Committee, version: int | None, actor: User | None, **fields: Unpack[CommitteeFields]
) -> Committee:
    """Correct a committee; its address stays what it was.

    Raises StaleObject, Invalid, and DomainError beside `parent` (it would hang under itself) or `verifier` (a seat of
    another committee, or of the secretariat's own institution).
    """
    current = saving.locked(Committee, committee.pk, version=version)
    _refuse_circle(current, fields.get("parent", current.parent))
    _refuse_own_eyes(current, fields.get("verifier", current.verifier), fields.get("secretariat", current.secretariat))
    changed = saving.change(current, **fields)
    if changed:
        journal.record("committee.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


def _refuse_circle(committee: Committee, parent: Committee | None) -> None:
    """A committee does not hang under one that hangs under it, however far up."""
    above = parent
    while above is not None and above.pk != committee.pk:
        above = above.parent
    if above is not None and parent is not None and parent.pk != committee.pk:
        words = _("“%(name)s” is itself a sub-committee of this one.") % {"name": parent}
        raise DomainError(words, code="circle", field="parent")


def _refuse_own_eyes(committee: Committee, verifier: Seat | None, secretariat: Organisation | None) -> None:
    """The secretariat's own actions are verified by a seat of this committee that belongs to another institution."""
    if verifier is None:
        return
    if verifier.committee_id != committee.pk:
        raise DomainError(_("This seat belongs to another committee."), code="elsewhere", field="verifier")
    if secretariat is not None and verifier.organisation_id == secretariat.pk:
        raise DomainError(_("The secretariat does not verify its own actions."), code="own_eyes", field="verifier")


def _free_slug(name: str) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "committee"
    taken = set(Committee.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    return slug


RESERVED = frozenset({"new"})
"""Words that the addresses under `committees/` need themselves."""
