"""What the titulars of the seats are written about a plan under review."""

from __future__ import annotations

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.formats import long_date
from core.models import Message
from steering.domain import review_requests, reviews
from steering.models import ReviewRequest


def asked(message: Message) -> outbox.Content:
    """The version is under review: the seat's opinion is asked for."""
    request = _request(message)
    return _content(
        request,
        subject=gettext("Your opinion on the action plan: %(plan)s"),
        heading=gettext("Your opinion on the action plan"),
        text=[
            gettext("Ladies and gentlemen,"),
            gettext(
                "The action plan of the committee is submitted to the opinion of its members. "
                "You may give yours, in the name of your institution, on each action and on the plan as a whole."
            ),
        ],
        why=_("You hold a mandate in this committee, whose members review its action plan before it is adopted."),
    )


def reminded(message: Message) -> outbox.Content:
    """The seat has not answered, or not fully."""
    request = _request(message)
    return _content(
        request,
        subject=gettext("Reminder: your opinion on the action plan %(plan)s"),
        heading=gettext("Your opinion is still awaited"),
        text=[
            gettext("Ladies and gentlemen,"),
            gettext(
                "We allow ourselves to remind you that the opinion of your institution on the action plan is awaited. "
                "If you lack elements, you may say so on the same page."
            ),
        ],
        why=_("You hold a mandate in this committee, and the opinion of your seat is not complete yet."),
    )


def _isolated(name: str) -> str:
    """A name from somebody's hand inside an Arabic line keeps its own direction."""
    return f"\u2068{name}\u2069" if (get_language() or "").startswith("ar") else name


def _request(message: Message) -> ReviewRequest:
    """The request while the seat may still answer."""
    rows = ReviewRequest.objects.select_related("plan_version__plan__committee", "mandate__seat__organisation")
    request = rows.get(pk=message.object_id)
    now = timezone.now()
    in_office = request.mandate.is_in_force(timezone.localdate(now))
    if not reviews.is_open(request.plan_version, now=now) or not in_office:
        raise outbox.Useless
    return request


def _content(
    request: ReviewRequest, *, subject: str, heading: str, text: list[str], why: str | Promise
) -> outbox.Content:
    version, seat = request.plan_version, request.mandate.seat
    until = timezone.localtime(version.review_until)
    owners = list(version.entries.values_list("owner", flat=True))
    own = owners.count(seat.organisation_id)
    actions = ngettext("%(n)s action", "%(n)s actions", len(owners)) % {"n": len(owners)}
    if own:
        entrusted = ngettext(
            "%(actions)s, of which %(n)s is entrusted to you", "%(actions)s, of which %(n)s are entrusted to you", own
        )
        actions = entrusted % {"actions": actions, "n": own}
    deadline = f"{long_date(until)} {until:%H:%M}"
    return outbox.Content(
        template="steering/email/review",
        context={
            "subject": subject % {"plan": _isolated(version.plan.name)},
            "heading": heading,
            "text": text,
            "facts": [
                (gettext("Committee"), version.plan.committee.name),
                (gettext("Action plan"), f"{version.plan.name} – {version}"),
                (gettext("Seat"), str(seat.organisation)),
                (gettext("Content"), actions),
                (gettext("Opinions are expected by"), deadline),
            ],
            "action": gettext("Read the plan and give my opinion"),
            "after": [
                gettext("You may change your opinion until that hour; the last one counts."),
                gettext("The link is for you and for this plan alone. It never serves to vote in a meeting."),
                gettext("Please accept the assurance of our distinguished consideration."),
            ],
        },
        why=why,
        links={"review": outbox.Link(review_requests.ACT, request, expires_at=version.review_until)},
        useless_after=version.review_until,
    )


KINDS = (
    outbox.MessageKind(review_requests.ASK, _("Opinion on an action plan"), asked),
    outbox.MessageKind(review_requests.REMIND, _("Reminder of an opinion on an action plan"), reminded),
)
