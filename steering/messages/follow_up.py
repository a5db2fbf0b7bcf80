"""What the person in charge of an action is written: the courteous question how far it is, with the link to answer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.formats import plain_date
from core.models import Message
from steering.domain import progress, reports
from steering.models import Action


def progress_request(message: Message) -> outbox.Content:
    """How far is the action? Useless once it is closed, or somebody else's."""
    rows = Action.objects.select_related("committee", "owner", "recommendation")
    action = rows.get(pk=message.object_id)
    wrong = action.state not in reports.ANSWERABLE or action.owner_person_id != message.params.get("person")
    if wrong or progress.has_parts(action):
        raise outbox.Useless
    due = plain_date(action.due_on)
    late = action.days_late(timezone.localdate()) > 0
    opening = (
        gettext(
            "We allow ourselves to remind you that the following action, entrusted to your institution, "
            "was expected on %(due)s."
        )
        if late
        else gettext("The following action is entrusted to your institution, and expected on %(due)s.")
    )
    facts = [
        (gettext("Action"), f"{action.code} – {action.title}"),
        (gettext("Committee"), action.committee.name),
        (gettext("Institution"), str(action.owner)),
        (gettext("Due date"), due),
    ]
    if action.recommendation is not None:
        facts.insert(2, (gettext("Recommendation"), action.recommendation.code))
    return outbox.Content(
        template="steering/email/progress",
        context={
            "subject": gettext("Progress of the action %(code)s") % {"code": _isolated(action.code)},
            "heading": gettext("How far is this action?"),
            "text": [
                gettext("Ladies and gentlemen,"),
                opening % {"due": due},
                gettext(
                    "If it is ready, or if you need more time, you may tell us here; a document that shows it "
                    "may be attached."
                ),
            ],
            "facts": facts,
            "action": gettext("Report the progress"),
            "after": [
                gettext("The link is personal, for this action alone, and works once, within thirty days."),
                gettext("Please accept the assurance of our distinguished consideration."),
            ],
        },
        why=_("You are the person in charge of this action for your institution."),
        links={"progress": reports.link_of(action, sent=message.created_at)},
        useless_after=message.created_at + reports.KEPT,
    )


def _isolated(name: str) -> str:
    """A code inside an Arabic line keeps its own direction."""
    return f"\u2068{name}\u2069" if (get_language() or "").startswith("ar") else name


KINDS = (outbox.MessageKind(reports.KIND, _("Question on the progress of an action"), progress_request),)
