"""What the steering asks of each role: actions, reviews, meetings, and what changed in five lines. These only read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import formats
from core.formats import plain_date
from pasri_portal.home.pieces import Event, Group, Home, Task
from pasri_portal.home.pieces import News as Line
from steering.domain import news, reviews, sitting, terms, worklist
from steering.domain.news import News, NewsKind
from steering.domain.terms import Alert
from steering.enums import ActionState, MeetingState, PlanState
from steering.models import Action, Answer, Committee, Mandate, Meeting, PlanVersion, Seat

SHOWN = 10
NEWS = 5
RECENT = timedelta(days=30)
SOON = timedelta(days=14)
RUNNING = (ActionState.TODO, ActionState.RUNNING)


def page(name: str, *args: object, query: str = "") -> str:
    """The address of a page; empty where it does not exist."""
    try:
        return reverse(f"steering:{name}", args=args) + query
    except NoReverseMatch:
        return ""


def member(user: User, now: datetime) -> Home:
    """A member of a committee: own actions, what to review, the next meeting with the own answer, what changed."""
    today = timezone.localdate(now)
    mandates = list(sitting.mandates_of(user, on=today))
    mine = worklist.own_actions(user=user, on=today).filter(state__in=worklist.RUNNING)
    own = list(mine.order_by("due_on", "id")[: 3 * SHOWN])
    late = [action for action in own if action.days_late(today)]
    soon = [action for action in own if action not in late and action.due_on <= today + SOON]
    rest = [action for action in own if action not in late and action not in soon]
    to_review = list(_reviews(user, now))
    events, answers = _meetings(mandates, now=now)
    return Home(
        groups=[
            Group(_("Late"), tuple(_action(row) for row in late), "late"),
            Group(_("Soon"), (*to_review, *answers, *_to_verify(mandates), *(_action(row) for row in soon)), "soon"),
            Group(_("To do"), tuple(_action(row) for row in rest)),
        ],
        events=events,
        news=[_line(row) for row in news.latest(user=user, since=now - RECENT, limit=NEWS)],
    )


def _to_verify(mandates: list[Mandate]) -> Iterator[Task]:
    """The secretariat's own actions, declared done, whose proof the person's seat is named to verify."""
    seats = [mandate.seat_id for mandate in mandates]
    named = Q(verifier__in=seats) | Q(verifier__isnull=True, committee__verifier__in=seats)
    rows = Action.objects.filter(named, state=ActionState.DECLARED, owner=F("committee__secretariat"))
    for action in rows.select_related("owner").order_by("due_on", "id")[:SHOWN] if seats else ():
        url = page("action-detail", action.pk)
        yield Task(f"{action.code} – {action.title}", url, gettext("Verify"), gettext("A proof waits for your seat"))


def _action(action: Action) -> Task:
    url = page("action-detail", action.pk)
    return Task(f"{action.code} – {action.title}", url, _("Open"), action.owner.short_name, action.due_on)


def _reviews(user: User, now: datetime) -> Iterator[Task]:
    for version in reviews.waiting_for(user, now=now):
        url = page("review", version.plan.slug, version.number)
        answered = version.answered  # type: ignore[attr-defined]
        act = gettext("Go on") if answered else gettext("Give my opinion")
        until = timezone.localtime(version.review_until)
        yield Task(
            gettext("Opinion on the action plan: %(plan)s") % {"plan": version.plan.name},
            url,
            act,
            gettext("until %(day)s, %(hour)s") % {"day": plain_date(until), "hour": f"{until:%H:%M}"},
            until.date(),
        )


def _meetings(mandates: list[Mandate], *, now: datetime) -> tuple[list[Event], list[Task]]:
    """The meetings to come with the own answer; who has not answered is asked to."""
    seats = {mandate.seat.committee_id: mandate.seat for mandate in mandates}
    if not seats:
        return [], []
    found = list(_coming(now, committee__in=seats))
    given = _answers(found, list(seats.values()))
    events, tasks = [], []
    for meeting in found:
        url = page("meeting-detail", meeting.pk)
        answer = given.get(meeting.pk)
        said = answer.get_reply_display() if answer else gettext("not answered yet")
        mine = gettext("My answer: %(answer)s") % {"answer": said}
        what = f"{meeting.committee} – {meeting}"
        events.append(Event(meeting.day, what, url, (f"{timezone.localtime(meeting.starts_at):%H:%M}", mine)))
        if answer is None and meeting.state == MeetingState.CONVENED:
            tasks.append(Task(gettext("Answer the convocation"), url, pgettext("verb", "Answer"), what, meeting.day))
    return events, tasks


def _coming(now: datetime, **only: Any) -> QuerySet[Meeting]:
    """The next three that are convened or open."""
    states = (MeetingState.CONVENED, MeetingState.OPENED)
    rows = Meeting.objects.filter(starts_at__gte=now - timedelta(hours=6), state__in=states, **only)
    return rows.select_related("committee").order_by("starts_at", "id")[:3]


def _answers(meetings: list[Meeting], seats: list[Seat]) -> dict[int, Answer]:
    """The newest answer of the own seat to each meeting, for the day that it has now."""
    rows = Answer.objects.filter(meeting__in=meetings, seat__in=seats).order_by("id")
    days = {meeting.pk: meeting.day for meeting in meetings}
    return {answer.meeting_id: answer for answer in rows if answer.for_on == days[answer.meeting_id]}


def _line(row: News) -> Line:
    """One thing that happened, with the page that shows it."""
    url = page("action-detail" if row.is_of_action else "meeting-detail", row.object_id)
    said = str(row.kind.label)
    if row.kind == NewsKind.PROGRESS:
        said = gettext("%(what)s: %(percent)s %%") % {"what": said, "percent": row.value}
    elif row.day is not None:
        said = gettext("%(what)s: %(day)s") % {"what": said, "day": plain_date(row.day)}
    code, about = (row.code, row.title) if row.title else ("", row.code)
    return Line(timezone.localdate(row.at), said, about, url, code)


# The secretariat.


def follow_up(user: User, now: datetime) -> tuple[list[Task], list[Task]]:
    """What is late (actions, reviews whose hour is past), and what is to be verified. Three queries."""
    today = timezone.localdate(now)
    counts = Action.objects.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today, state__in=RUNNING)),
        declared=Count("pk", filter=Q(state=ActionState.DECLARED)),
    )
    late, verify = [], _proofs(user, counts["declared"], today=today)
    if n := counts["overdue"]:
        words = ngettext("%(n)s action is overdue", "%(n)s actions are overdue", n) % {"n": n}
        late.append(Task(words, page("action-list", query="?stand=overdue"), _("Open")))
    past = PlanVersion.objects.filter(state=PlanState.REVIEW, review_until__lte=now).select_related("plan")
    for version in past.order_by("review_until", "id")[:SHOWN]:
        url = page("version-detail", version.plan.slug, version.number)
        about = formats.listed((version.plan.name, str(version)))
        late.append(Task(_("A review is over"), url, _("Conclude"), about, timezone.localdate(version.review_until)))
    return late, verify


def _proofs(user: User, declared: int, *, today: date) -> list[Task]:
    """The proofs that this person may verify; those that somebody else must are named without the verb."""
    tasks: list[Task] = []
    if not declared:
        return tasks
    mine = worklist.to_verify_by_staff(user=user, on=today).aggregate(n=Count("pk"), first=Min("pk"))
    url = page("action-list", query="?stand=verify")
    if n := mine["n"]:
        words = ngettext("%(n)s proof to verify", "%(n)s proofs to verify", n) % {"n": n}
        tasks.append(Task(words, page("action-detail", mine["first"]) if n == 1 else url, _("Verify")))
    if n := declared - mine["n"]:
        words = ngettext(
            "%(n)s proof waits for its verification by somebody else",
            "%(n)s proofs wait for their verification by somebody else",
            n,
        )
        tasks.append(Task(words % {"n": n}, url, _("Open")))
    return tasks


def seats_to_fill(now: datetime) -> Iterator[Task]:
    """A line for each committee with vacant seats or mandates that end soon. Two queries."""
    alerts: dict[Committee, list[Alert]] = {}
    for alert in terms.everywhere(on=timezone.localdate(now)):
        alerts.setdefault(alert.seat.committee, []).append(alert)
    for committee, found in list(alerts.items())[:SHOWN]:
        empty = sum(alert.ends_on is None for alert in found)
        ends = sorted(alert.ends_on for alert in found if alert.ends_on)
        said = []
        if empty:
            said.append(ngettext("%(n)s seat is to be filled", "%(n)s seats are to be filled", empty) % {"n": empty})
        if ends:
            n = len(ends)
            said.append(ngettext("%(n)s mandate ends soon", "%(n)s mandates end soon", n) % {"n": n})
        url = page("committee-detail", committee.slug)
        yield Task(formats.listed(said), url, _("Open"), str(committee), ends[0] if ends else None)


def meetings_to_come(now: datetime) -> list[Event]:
    """The next meetings to which people are called. One query."""
    return [
        Event(
            meeting.day,
            f"{meeting.committee} – {meeting}",
            page("meeting-detail", meeting.pk),
            tuple(line for line in (f"{timezone.localtime(meeting.starts_at):%H:%M}", meeting.place) if line),
        )
        for meeting in _coming(now)
    ]


def to_convene(now: datetime) -> Iterator[Task]:
    """Planned meetings, the next one first: their convocation has not left."""
    rows = Meeting.objects.filter(state=MeetingState.PLANNED, from_paper=False).select_related("committee")
    for meeting in rows.order_by(F("starts_at").asc(nulls_last=True), "id")[:SHOWN]:
        url = page("meeting-detail", meeting.pk)
        day = meeting.day if meeting.starts_at else None
        yield Task(_("A meeting is to be convened"), url, _("Convene"), f"{meeting.committee} – {meeting}", day)
