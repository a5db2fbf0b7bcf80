"""Every kind of message, written in every language: what a test of all of them needs.

Each app gives one message of each of its kinds in `<app>/tests/message_samples.py`:

    SAMPLES = {"trainings.confirmed": lambda: queued("trainings.confirmed", make_registration())}

`notifications/tests/test_every_message.py` walks the registry and fails for a kind without a sample.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import trans_real

from core import outbox
from core.models import Message
from core.outbox import MessageKind, Rendered

Sample = Callable[[], Message]
LEFTOVER = re.compile(r"\{%|\{\{|%\([a-z_]+\)[sd]|link\.invalid|secret-\w+-terces|None\b")


def queued(
    kind: str,
    obj: models.Model,
    *,
    params: dict[str, str | int] | None = None,
    secrets: dict[str, str] | None = None,
    demo: bool = False,
) -> Message:
    """One message about `obj`, as its domain verb would queue it."""
    now = timezone.now()
    with transaction.atomic():
        message = outbox.queue(
            kind=kind,
            key=f"sample:{kind}:{obj.pk}:{now.timestamp()}",
            to=outbox.Recipient("lectrice@example.org", "Lectrice d’essai", "fr"),
            obj=obj,
            params=params,
            secrets=secrets,
            now=now,
            demo=demo,
        )
    if message is None:
        raise AssertionError(f"{kind}: the sample was queued before")
    return message


def sample_of(kind: MessageKind) -> Message:
    """The kind's sample, from the tests of its app."""
    module = f"{kind.code.split('.')[0]}.tests.message_samples"
    samples: dict[str, Sample] = import_module(module).SAMPLES if find_spec(module) else {}
    if kind.code not in samples:
        raise AssertionError(f"{module}.SAMPLES has no message of the kind {kind.code!r}")
    return samples[kind.code]()


def write(message: Message, language: str) -> Rendered:
    """The message as a reader of this language gets it."""
    message.language = language
    return outbox.render(message)


def faults_of(rendered: Rendered, *, demo: bool) -> list[str]:
    """What no message may be: empty, unfinished, without its reason, or without both forms."""
    faults = []
    for part in ("subject", "text", "html"):
        words = getattr(rendered.true, part)
        if not words.strip():
            faults.append(f"{part}: empty")
        left = LEFTOVER.search(words)
        if left:
            faults.append(f"{part}: {left[0]!r} is left over in {words[max(0, left.start() - 40) : left.end() + 40]!r}")
    if "\n" in rendered.true.subject.strip():
        faults.append("subject: more than one line")
    if re.search(r"&(amp|lt|gt|quot|#x?\d+);", rendered.true.text + rendered.true.subject):
        faults.append("text: escaped as if it were HTML")
    if not str(rendered.content.why).strip():
        faults.append("why: a message says why it came")
    faults += [f"{place}: the link is not in the {part}" for place, part in _missing_links(rendered)]
    if demo and "Démonstration" not in rendered.true.text:
        faults.append("text: a message of the demonstration says so")
    return faults


def _missing_links(rendered: Rendered) -> Iterator[tuple[str, str]]:
    hidden = {"text": rendered.shown.text, "html": rendered.shown.html}
    for part, shown in hidden.items():
        if rendered.content.links and getattr(rendered.true, part) == shown:
            yield ", ".join(rendered.content.links), part


@contextmanager
def untranslated(language: str) -> Iterator[set[str]]:
    """Collects every string that is asked of the catalogue of `language` meanwhile and that it does not have."""
    missing: set[str] = set()
    catalogue = trans_real.translation(language)
    before = catalogue._fallback  # type: ignore[attr-defined]
    catalogue._fallback = _Recorder(missing)  # type: ignore[attr-defined]
    try:
        yield missing
    finally:
        catalogue._fallback = before  # type: ignore[attr-defined]


class _Recorder(gettext.NullTranslations):
    """Asked last, when a catalogue has no translation."""

    def __init__(self, missing: set[str]) -> None:
        super().__init__()
        self.missing = missing

    def gettext(self, message: str) -> str:
        if message:
            self.missing.add(message.rpartition("\x04")[2])
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.missing.add(msgid1.rpartition("\x04")[2])
        return msgid1 if n == 1 else msgid2
