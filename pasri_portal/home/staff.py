"""The homes of the agency's staff: what is late, what is for today, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Invitation, User
from core import outbox
from core.models import MessageBatch
from pasri_portal.home import steering
from pasri_portal.home.pieces import Door, Group, Home, Task
from pasri_portal.home.trainers import event, half_day_task
from trainings.domain import worklist
from trainings.domain.worklist import Worklist
from trainings.models import Session


def officer(user: User, now: datetime) -> Home:
    """The programme's daily work: late first, then today's, then the rest."""
    late, verify = steering.follow_up(user, now)
    work = worklist.of_staff(user=user, now=now)
    return Home(
        groups=[
            Group(_("Late"), (*late, *_late(work, now)), "late"),
            Group(_("Today"), tuple(_today(work)), "soon"),
            Group(_("To do"), (*verify, *steering.to_convene(now), *steering.seats_to_fill(now), *_next(work))),
        ],
        events=[*steering.meetings_to_come(now), *(event(session) for session in work.coming)],
    )


def manager(user: User, now: datetime) -> Home:
    """An officer's work, and the accounts; proposed sessions wait for whoever publishes."""
    home = officer(user, now)
    return replace(
        home,
        groups=[*home.groups, Group(_("To do"), tuple(_accounts(now)))],
        doors=[*home.doors, Door(_("State of the programme"), reverse("programme-state"), "chart")],
    )


def _accounts(now: datetime) -> Iterator[Task]:
    """Invitations that nobody answered in time."""
    count = Invitation.objects.pending().filter(expires_at__lte=now).count()
    if count:
        words = ngettext("%(count)s invitation has expired", "%(count)s invitations have expired", count)
        yield Task(words % {"count": count}, reverse("accounts:invitation-list") + "?state=expired", _("Send again"))


def _late(work: Worklist, now: datetime) -> Iterator[Task]:
    figures = outbox.figures(at=now)
    messages = reverse("notifications:message-list")
    if figures.is_slow:
        yield Task(_("Messages have waited for more than a quarter of an hour"), messages, _("Read"))
    failed = figures.failed
    if failed:
        words = ngettext(
            "%(count)s message could not be delivered", "%(count)s messages could not be delivered", failed
        )
        yield Task(words % {"count": failed}, f"{messages}?state=failed", _("Read"))
    for half_day in work.agenda.to_close[: worklist.SHOWN]:
        yield half_day_task(half_day, act=_("Close the sheet"))
    for session in work.to_mark_held:
        yield _task(session, "session-detail", _("Mark as held"), what=_("The session is over"), due=True)


def _batches() -> Iterator[Task]:
    """Messages to many people that wait for their ten minutes, or for a decision."""
    rows = (
        MessageBatch.objects.open()
        .annotate(count=Count("messages"), kind=Min("messages__kind"))
        .order_by("release_at", "id")
    )
    for batch in rows.order_by("release_at", "id")[: worklist.SHOWN]:
        count = batch.count
        if batch.is_held:
            words = ngettext("%(count)s message is held back", "%(count)s messages are held back", count)
            act = _("Decide")
        else:
            words = ngettext("%(count)s message leaves at %(time)s", "%(count)s messages leave at %(time)s", count)
            act = _("Read")
        time = f"{timezone.localtime(batch.release_at):%H:%M}"
        about = outbox.label_of(batch.kind or "")
        yield Task(words % {"count": count, "time": time}, batch.get_absolute_url(), act, about)


def _today(work: Worklist) -> Iterator[Task]:
    yield from _batches()
    for half_day in work.agenda.today:
        yield half_day_task(half_day, act=_("Open"))
    for session in work.corrections:
        yield _task(session, "attendance-tab", _("Decide"), what=_("A correction waits for a second person"))


def _next(work: Worklist) -> Iterator[Task]:
    for session in work.to_decide:
        count = session.waiting_count  # type: ignore[attr-defined]
        words = ngettext("%(count)s registration to decide on", "%(count)s registrations to decide on", count)
        url = reverse("trainings:registration-list", args=[session.slug]) + "?state=review"
        yield Task(words % {"count": count}, url, _("Decide"), session.title, session.starts_on)
    for session in work.proposed:
        yield _task(session, "session-detail", _("Read"), what=_("A session is proposed"))
    for session in work.postponed:
        yield _task(session, "session-fix-date", _("Fix the date"), what=_("A postponed session waits for its date"))
    if work.to_review:
        words = ngettext("%(count)s certificate to review", "%(count)s certificates to review", work.to_review)
        about = _("Attendance was corrected after they were issued")
        yield Task(words % {"count": work.to_review}, reverse("trainings:certificate-reviews"), _("Decide"), about)
    for session in work.to_certify:
        yield _task(session, "certificate-tab", _("Issue"), what=_("Certificates to issue"))


def _task(session: Session, page: str, act: str, *, what: str, due: bool = False) -> Task:
    url = reverse(f"trainings:{page}", args=[session.slug])
    return Task(what, url, act, session.title, session.ends_on if due else None)
