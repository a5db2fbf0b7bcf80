"""Personal links: an address for one act on one object, by the person who received it, without an account.

Each app registers its acts in `apps.py: ready()`; a message names the act (`core.outbox.Link`), and the short address
leads to the act's page. Opening a link changes nothing: the page's form posts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core import journal
from core.models import PersonalLink
from core.outbox import tokens
from notifications.errors import LinkError, LinkExpired, LinkUnknown, LinkUsed

Renew = Callable[[PersonalLink, datetime], object]


@dataclass(frozen=True)
class Act:
    """One act that links open: the view's name (it takes `token`), and how a dead link is answered.

    `renew(link, now)` sends a new link where sending the same message again would not do. `shows_dead`: the act's own
    page says that its link is dead, so it is opened anyway.
    """

    code: str
    view_name: str
    renew: Renew | None = None
    shows_dead: bool = False


_acts: dict[str, Act] = {}


def register(act: str, view_name: str, *, renew: Renew | None = None, shows_dead: bool = False) -> None:
    """Make an act known; called in `apps.py: ready()`."""
    _acts[act] = Act(act, view_name, renew, shows_dead)


def act_of(link: PersonalLink) -> Act:
    """The act that a link opens; LinkUnknown when no app knows it any more."""
    try:
        return _acts[link.act]
    except KeyError:
        raise LinkUnknown from None


def find(token: str) -> PersonalLink:
    """The link of a token, used and expired ones too; raises LinkUnknown."""
    link = PersonalLink.objects.select_related("message").filter(token_hash=tokens.hash_of(token)).first()
    if link is None:
        raise LinkUnknown
    return link


def resolve(token: str, act: str, *, now: datetime | None = None) -> PersonalLink:
    """The live link of a token for this act; raises LinkUnknown, LinkExpired or LinkUsed.

    The error's `url` is the page that says so and offers a new link: a view redirects there.
    """
    link = find(token)
    if link.act != act:
        raise LinkUnknown
    refusal = refusal_of(link, now=now or timezone.now())
    if refusal is not None:
        refusal.url = renewal_url(link, token)
        raise refusal
    return link


def refusal_of(link: PersonalLink, *, now: datetime) -> LinkError | None:
    """Why a link is dead; None while it lives."""
    if link.used_at is not None:
        return LinkUsed()
    if link.expires_at is not None and link.expires_at <= now:
        return LinkExpired()
    return None


@journal.act
def mark_used(link: PersonalLink, *, now: datetime | None = None) -> None:
    """The act is done: the link works no more. Locks the row, so that two posts act once; raises LinkUsed then."""
    locked = PersonalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if locked.used_at is not None:
        raise LinkUsed
    link.used_at = now or timezone.now()
    PersonalLink.objects.filter(pk=link.pk).update(used_at=link.used_at)


@journal.act
def make_direct(
    act: str,
    obj: models.Model,
    expires_at: datetime | None = None,
    *,
    language: str = "fr",
    now: datetime | None = None,
) -> str:
    """An address that was not born in a message, to be shown or handed over; only its hash is kept."""
    token = tokens.new_token()
    PersonalLink.objects.create(
        act=act,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        token_hash=tokens.hash_of(token),
        language=language,
        created_at=now or timezone.now(),
        expires_at=expires_at,
    )
    return tokens.url_of(token)


def target_of(link: PersonalLink, token: str, *, now: datetime) -> str:
    """Where the short address leads: the act's page in its reader's language, or the page of dead links."""
    act = act_of(link)
    if refusal_of(link, now=now) is not None and not act.shows_dead:
        return renewal_url(link, token)
    with override(link.language):
        return reverse(act.view_name, kwargs={"token": token})


def renewal_url(link: PersonalLink, token: str) -> str:
    """The page that says that a link is dead, in its reader's language."""
    with override(link.language):
        return reverse("notifications:link-renew", kwargs={"token": token})
