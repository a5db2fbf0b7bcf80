"""Certificates in bulk: a few at once, many as a background job; each one exactly once, however often it is begun."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.models import User
from core import jobs, outbox
from core.models import Job
from trainings.domain import certificates, eligibility
from trainings.domain.certificates import NotEligible
from trainings.models import Certificate, Session
from trainings.permissions import is_staff

KIND = "trainings.certificates"
AT_ONCE = 10
"""So many certificates are issued while the person waits."""


def ready(session: Session) -> list[eligibility.Eligibility]:
    """Whose certificate may be issued now."""
    return [case for part in session.parts.all() for case in eligibility.of_part(part) if case.is_ready]


def start(*, session: Session, actor: User, now: datetime, back_url: str = "") -> Job:
    """Issue every certificate of the session that may be issued, in the background; asked for twice, it is one job."""
    params = {"session": session.pk}
    return jobs.start(
        kind=KIND, params=params, author=actor, now=now, once_key=f"session:{session.pk}", back_url=back_url
    )


def run(work: jobs.JobRun) -> None:
    """Issue one after the other, each in a transaction of its own.

    What an earlier process issued is no longer ready: the count goes on from there, and nobody gets two. A case whose
    facts changed meanwhile is left out; the session's page says why. Their messages are one batch.
    """
    session = Session.objects.get(pk=work.params["session"])
    cases = ready(session)
    before = issued_by(work.job, session)
    total = before + len(cases)
    work.progress(before, total)
    with outbox.together(key=f"{KIND}:{work.job.pk}", author=work.author, about=session):
        for done, case in enumerate(cases, start=before + 1):
            with suppress(NotEligible):
                certificates.issue(registration=case.registration, actor=work.author, now=timezone.now())
            work.progress(done, total)
    work.keep(issued=issued_by(work.job, session))


def issued_by(job: Job, session: Session) -> int:
    """How many certificates this job has issued so far, by its processes of before too."""
    made = Certificate.objects.filter(registration__part__session=session, issued_by=job.author)
    return made.filter(issued_at__gte=job.created_at).count()


def may(author: User, job: Job) -> bool:
    """Staff issue certificates; the session must still be there."""
    return is_staff(author) and Session.objects.filter(pk=job.params.get("session")).exists()


def title(job: Job) -> str:
    """Which session it is about."""
    session = Session.objects.filter(pk=job.params.get("session")).first()
    if session is None:
        return gettext("Certificates of a session")
    return gettext("Certificates: %(session)s") % {"session": session.title}


def summary(job: Job) -> str:
    """How many were issued."""
    count = job.params.get("issued")
    if count is None:
        return ""
    return ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", count) % {"count": count}
