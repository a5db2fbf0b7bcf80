"""Long work: lists as files, certificates, messages. In this process, as a worker of Celery does it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bench import scenes
from bench.lines import Report
from bench.mailserver import mail_server
from core import imports
from core.models import Message
from core.outbox.delivery import deliver_due
from trainings.documents.certificate import certificate_pdf
from trainings.documents.papers import certificate_paper
from trainings.domain import batches, certificates, signing
from trainings.models import Certificate, Session

EXPORTS = ((10_000, 2.0), (100_000, 18.0))
EXPORT_MEMORY = 100.0


@dataclass(frozen=True)
class Amounts:
    """How much is made; the short form makes little."""

    certificates: int = 1_000
    messages: int = 500
    pasted: int = 300
    turns: int = 3


SHORT = Amounts(certificates=2, messages=3, pasted=3, turns=1)


@dataclass
class Work:
    """Measures of long work, at one size of the database."""

    report: Report
    users: dict[str, User]
    rows: int
    amounts: Amounts

    def measure(self) -> None:
        self._pasted()
        self._exports()
        self._certificates()
        self._messages()

    def _pasted(self) -> None:
        """A list of people for a part: pasted, read, compared with everybody who is known, shown with its errors."""
        count = self.amounts.pasted
        browser = Client(headers={"host": "localhost"})
        browser.force_login(self.users["officer"])
        session = Session.objects.filter(state="open").order_by("pk")[0]
        start = reverse("trainings:registration-import", args=[session.slug, 1])
        browser.get(start)
        found = []
        for turn in range(self.amounts.turns):
            since = time.perf_counter()
            page = browser.get(browser.post(start, {"pasted": scenes.pasted_list(count, turn)}).url)
            found.append(time.perf_counter() - since)
            checked = imports.check(imports.Import.objects.latest("id"))
            if page.status_code != 200 or checked.figures["wrong"] != 0:
                raise AssertionError("the pasted list was not read as it is written")
        self.report.at_most(
            f"paste of {count} people, checked", rows=self.rows, value=statistics.median(found), unit="s", goal=2
        )

    def _exports(self) -> None:
        """Registrations as XLSX, each in a process of its own, whose memory is seen."""
        for count, goal in EXPORTS:
            count = min(count, self.rows)
            found = [self._export(count) for _turn in range(self.amounts.turns if count < 100_000 else 1)]
            seconds = statistics.median(one["seconds"] for one in found)
            self.report.at_most(f"XLSX of {count:,} registrations", rows=self.rows, value=seconds, unit="s", goal=goal)
            if count == self.rows:
                more = found[-1]["megabytes"]
                self.report.at_most(
                    f"XLSX of {count:,}: more memory", rows=self.rows, value=more, unit="MB", goal=EXPORT_MEMORY
                )
                break

    def _export(self, count: int) -> dict[str, float]:
        command = [sys.executable, "-m", "bench.exporting", str(count), str(self.users["officer"].pk)]
        done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    def _certificates(self) -> None:
        """Each certificate is issued (number, signature, message) and written as PDF/UA."""
        now = timezone.now()
        session = scenes.attended(people=self.amounts.certificates, now=now)
        signing.current_key(demo=False, now=now)
        actor = self.users["officer"]
        cases = batches.ready(session)
        since = time.perf_counter()
        for case in cases:
            certificates.issue(registration=case.registration, actor=actor, now=timezone.now())
        issued = time.perf_counter() - since
        made = Certificate.objects.filter(registration__part__session=session).select_related(
            "registration__part__session__training__programme", "signing_key"
        )
        for certificate in made:
            certificate_pdf(certificate_paper(certificate))
        each = (time.perf_counter() - since) / max(len(cases), 1) * 1000
        add = self.report
        add.exactly(
            "certificates of the batch", rows=self.rows, value=len(made), unit="", goal=self.amounts.certificates
        )
        add.figure("a certificate issued, without its PDF", rows=self.rows, value=issued / len(cases) * 1000, unit="ms")
        add.at_most("a certificate, batch, with its PDF/UA", rows=self.rows, value=each, unit="ms", goal=25)

    def _messages(self) -> None:
        """Confirmations with links and a calendar, written and handed to a mail server on this machine."""
        Message.objects.due(at=timezone.now()).update(state="cancelled")
        scenes.messages(count=self.amounts.messages, now=timezone.now())
        cache.clear()
        with mail_server() as server, override_settings(EMAIL_URL=server.url):
            since = time.perf_counter()
            handled = 0
            while more := deliver_due():
                handled += more
            seconds = time.perf_counter() - since
        goal = self.amounts.messages
        self.report.exactly(
            "messages that arrived, once each", rows=self.rows, value=server.arrived, unit="", goal=goal
        )
        self.report.at_least(
            "outbox to a local SMTP server", rows=self.rows, value=handled / seconds, unit="messages/s", goal=50
        )
