"""The verbs that answer a recommendation: their words, their forms, and to whom each is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.domain import acceptance, rulings, standing
from steering.enums import RecommendationState as State
from steering.forms.recommendations import (
    AcceptForm,
    PartlyForm,
    ReasonedForm,
    ReopenedForm,
    SaidForm,
    VerifiedForm,
)
from steering.models import Recommendation
from steering.permissions import can_write, is_member

Text = str | Promise


@dataclass(frozen=True)
class Verb:
    """One move: its page, and who is offered it (`staff`, `addressee`, `owner`, `other`)."""

    code: str
    to: State
    label: Text
    heading: Text
    explanation: Text
    done: Text
    form: type[SaidForm]
    who: frozenset[str]
    act: Callable[..., Any]
    states: frozenset[str] = frozenset()
    look: str = "secondary"

    def fits(self, state: str) -> bool:
        return Recommendation.MOVES.allows(state, self.to) and (not self.states or state in self.states)


STAFF = frozenset({"staff"})
OWNER = frozenset({"staff", "owner"})
VERIFIER = frozenset({"staff", "other"})
VERBS = (
    Verb(
        "accept",
        State.ACCEPTED,
        _("Accept"),
        _("Accept the recommendation"),
        _("By the institution that it is addressed to, or by the committee: an action says who does what until when."),
        _("The recommendation is accepted."),
        AcceptForm,
        frozenset({"staff", "addressee"}),
        acceptance.accept,
        look="primary",
    ),
    Verb(
        "accept-partly",
        State.PARTLY,
        _("Accept in part"),
        _("Accept a part of the recommendation"),
        _("The committee says which part it retains, and why not the rest."),
        _("The recommendation is accepted in part."),
        PartlyForm,
        STAFF,
        rulings.accept_partly,
    ),
    Verb(
        "reject",
        State.REJECTED,
        pgettext_lazy("recommendation", "Reject"),
        _("Reject the recommendation"),
        _("The committee says why; the recommendation stays visible."),
        _("The recommendation is rejected."),
        ReasonedForm,
        STAFF,
        rulings.reject,
    ),
    Verb(
        "start",
        State.RUNNING,
        _("Say that it is in progress"),
        _("The recommendation is in progress"),
        _("An action has a dated note of progress: it says what was done."),
        _("The recommendation is in progress."),
        SaidForm,
        OWNER,
        rulings.start,
        frozenset({State.ACCEPTED, State.PARTLY, State.REOPENED}),
    ),
    Verb(
        "declare",
        State.DECLARED,
        _("Declare it implemented"),
        _("Declare the recommendation implemented"),
        _("Its actions are done and their evidence is attached. Somebody of another institution verifies it."),
        _("The recommendation is declared implemented."),
        SaidForm,
        OWNER,
        rulings.declare,
        look="primary",
    ),
    Verb(
        "verify",
        State.VERIFIED,
        _("Verify and close"),
        _("Verify and close the recommendation"),
        _("Open the evidence of its actions first. Whoever declared it, or is of the institution in charge, does not."),
        _("The recommendation is verified and closed."),
        VerifiedForm,
        VERIFIER,
        rulings.verify,
        look="primary",
    ),
    Verb(
        "send-back",
        State.RUNNING,
        _("Send back"),
        _("Send the recommendation back"),
        _("The evidence does not show it: say what is lacking."),
        _("The recommendation is in progress again."),
        ReasonedForm,
        VERIFIER,
        rulings.send_back,
        frozenset({State.DECLARED}),
    ),
    Verb(
        "drop",
        State.DROPPED,
        _("Close without implementation"),
        _("Close the recommendation without implementation"),
        _("The committee says why: obsolete, replaced, the risk is accepted."),
        _("The recommendation is closed without implementation."),
        ReasonedForm,
        STAFF,
        rulings.drop,
    ),
    Verb(
        "reopen",
        State.REOPENED,
        _("Reopen"),
        _("Reopen the recommendation"),
        _("A new fact has come: say which."),
        _("The recommendation is reopened."),
        ReopenedForm,
        STAFF,
        rulings.reopen,
    ),
)
BY_CODE = {verb.code: verb for verb in VERBS}


def roles_of(recommendation: Recommendation, user: Any) -> frozenset[str]:
    """What the reader is to a recommendation."""
    found = {"staff"} if can_write(user) else set()
    if found or is_member(user):
        addressee, owner = speaks_for(recommendation, user)
        found |= {name for name, so in (("addressee", addressee), ("owner", owner)) if so}
        found |= {"other"} if is_member(user) and not owner else set()
    return frozenset(found)


def offered(recommendation: Recommendation, user: Any) -> list[Verb]:
    """The verbs that the state and the reader allow."""
    roles = roles_of(recommendation, user)
    return [verb for verb in VERBS if verb.who & roles and verb.fits(recommendation.state)]


def speaks_for(recommendation: Recommendation, user: Any) -> tuple[bool, bool]:
    """Whether the account speaks for the addressee, and for an institution in charge of an action."""
    own = standing.institutions_of(user, on=timezone.localdate())
    return recommendation.addressee_id in own, bool(own & rulings.owners_of(recommendation))
