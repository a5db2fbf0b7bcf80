"""Who may open the addresses of trainings and sessions."""

from __future__ import annotations

from accounts.tests.factories import make_user
from accounts.tests.matrix import READERS, STAFF, everybody, only
from directory.tests.factories import make_person
from trainings.models import SessionTrainer
from trainings.tests.factories import make_question, make_session, make_training


def session() -> list[object]:
    return [make_session("published").slug]


def draft() -> list[object]:
    return [make_session("draft").slug]


def proposal() -> list[object]:
    """Another trainer's."""
    return [make_session("draft", proposed_by=make_user("trainer")).slug]


def part() -> list[object]:
    return [make_session("draft").parts.get().pk]


def half_day() -> list[object]:
    return [make_session("draft").parts.get().half_days.first().pk]


def trainer() -> list[object]:
    return [SessionTrainer.objects.create(session=make_session("draft"), person=make_person()).pk]


def question() -> list[object]:
    return [make_question(make_session("draft")).pk]


def training() -> list[object]:
    return [make_training().pk]


STAFF_PAGES = {
    "trainings:session-create": list,
    "trainings:session-edit": session,
    "trainings:session-cancel": session,
    "trainings:session-postpone": session,
    "trainings:session-fix-date": session,
    "trainings:session-clone": session,
    "trainings:session-send-back": draft,
    "trainings:part-create": session,
    "trainings:part-edit": part,
    "trainings:half-day-create": part,
    "trainings:half-day-edit": half_day,
    "trainings:trainer-list": session,
    "trainings:question-list": session,
    "trainings:question-edit": question,
    "trainings:training-create": list,
    "trainings:training-edit": training,
}
ACTS = {
    **{f"trainings:session-{act}": draft for act in ("propose", "publish", "open", "close", "held")},
    "trainings:part-remove": part,
    "trainings:half-days-propose": part,
    "trainings:half-day-remove": half_day,
    "trainings:half-day-fit": half_day,
    "trainings:trainer-add": session,
    "trainings:trainer-remove": trainer,
    "trainings:question-remove": question,
    "trainings:question-up": question,
}
"""One button each: opened by GET they lead back to the page that holds the button."""

ACCESS = {
    "trainings:session-list": only(*READERS, "trainer"),
    "trainings:session-detail": only(*READERS, args=session, trainer=404),
    "trainings:session-history": only(*READERS, args=session),
    "trainings:training-list": only(*READERS),
    "trainings:training-history": only(*READERS, args=training),
    "trainings:training-detail": only(*READERS, args=training),
    **{name: only(*STAFF, args=args) for name, args in STAFF_PAGES.items()},
    **{name: only(*STAFF, status=302, args=args) for name, args in ACTS.items()},
    "trainings:session-check": only(*STAFF, args=session, trainer=404, auditor=403),
    "trainings:proposal-list": only("trainer"),
    "trainings:proposal-create": only("trainer"),
    "trainings:proposal-edit": only(args=proposal, trainer=404),
    "trainings:proposal-withdraw": only(args=proposal, trainer=404),
    "trainings:calendar": everybody(),
    "trainings:calendar-feed": everybody(),
    "trainings:session-public": everybody(args=session),
    "trainings:session-ics": everybody(args=session),
}
