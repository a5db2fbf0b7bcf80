"""States of the leaf library's own rows."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StateLook(NamedTuple):
    """How a state looks: its tone and its glyph (see `{% state %}`)."""

    tone: str
    glyph: str


class MessageState(models.TextChoices):
    """Where a message is on its way."""

    QUEUED = "queued", pgettext_lazy("message", "Waiting")
    HELD = "held", pgettext_lazy("message", "Held back")
    SENDING = "sending", pgettext_lazy("message", "Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    WRITTEN = "written", _("Written to a file, not sent")
    FAILED = "failed", pgettext_lazy("message", "Not delivered")
    CANCELLED = "cancelled", pgettext_lazy("message", "Cancelled")
    MISSED = "missed", _("Too late, not sent")
    NOT_SENT = "not_sent", _("Not sent (demo)")

    @property
    def look(self) -> StateLook:
        return MESSAGE_LOOKS[self]


MESSAGE_LOOKS = {
    MessageState.QUEUED: StateLook("soon", "ring"),
    MessageState.HELD: StateLook("late", "pause"),
    MessageState.SENDING: StateLook("live", "loop"),
    MessageState.SENT: StateLook("done", "check"),
    MessageState.WRITTEN: StateLook("done", "check"),
    MessageState.FAILED: StateLook("late", "x"),
    MessageState.CANCELLED: StateLook("shut", "slash"),
    MessageState.MISSED: StateLook("shut", "dash"),
    MessageState.NOT_SENT: StateLook("shut", "dash"),
}

# From, to. Delivery makes its moves by conditional UPDATE; a person's go through `core.transitions.move`.
MESSAGE_MOVES = {
    MessageState.QUEUED: {MessageState.SENDING, MessageState.HELD, MessageState.CANCELLED},
    MessageState.HELD: {MessageState.QUEUED, MessageState.CANCELLED},
    MessageState.SENDING: {
        MessageState.QUEUED,
        MessageState.SENT,
        MessageState.WRITTEN,
        MessageState.FAILED,
        MessageState.CANCELLED,
        MessageState.MISSED,
        MessageState.NOT_SENT,
    },
    MessageState.FAILED: {MessageState.CANCELLED},
}


class BatchState(models.TextChoices):
    """What becomes of messages that one act caused together."""

    WAITING = "waiting", pgettext_lazy("messages", "Leaving soon")
    HELD = "held", pgettext_lazy("messages", "Held back")
    RELEASED = "released", pgettext_lazy("messages", "Released")
    DROPPED = "dropped", pgettext_lazy("messages", "Given up")

    @property
    def look(self) -> StateLook:
        return BATCH_LOOKS[self]


BATCH_LOOKS = {
    BatchState.WAITING: StateLook("soon", "ring"),
    BatchState.HELD: StateLook("late", "pause"),
    BatchState.RELEASED: StateLook("done", "check"),
    BatchState.DROPPED: StateLook("shut", "slash"),
}
BATCH_OPEN = (BatchState.WAITING, BatchState.HELD)

# From, to. A batch that is not held is released by the sweep when its time comes.
BATCH_MOVES = {
    BatchState.WAITING: {BatchState.HELD, BatchState.RELEASED},
    BatchState.HELD: {BatchState.RELEASED, BatchState.DROPPED},
}


class Outcome(models.TextChoices):
    """Why a message is where it is, in words for staff; the mail server's own words stand beside it."""

    NONE = "", _("nothing to report")
    WITHDRAWN = "withdrawn", _("The act that it announced was withdrawn before it left.")
    STOPPED = "stopped", _("A person of staff stopped it.")
    GONE = "gone", _("What it was about no longer exists.")
    USELESS = "useless", _("What it announced no longer holds.")
    TOO_LATE = "too_late", _("It was due too long ago to be of use.")
    DEMO_PAST = "demo_past", _("It belongs to the past of the demonstration.")
    DEMO_ADDRESS = "demo_address", _("A fictional address of the demonstration: nothing leaves.")
    UNREACHABLE = "unreachable", _("The mail server could not be reached; it is tried again.")
    DEFERRED = "deferred", _("The mail server asked to come back later; it is tried again.")
    REFUSED = "refused", _("The mail server refused it.")
    BROKEN = "broken", _("It could not be written; it is tried again a few times.")
    INTERRUPTED = "interrupted", _("The process that was sending it stopped; it is tried again.")


class JobState(models.TextChoices):
    """Where a background job is on its way."""

    QUEUED = "queued", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Finished")
    FAILED = "failed", pgettext_lazy("job", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "Stopped")

    @property
    def look(self) -> StateLook:
        return JOB_LOOKS[self]


JOB_LOOKS = {
    JobState.QUEUED: StateLook("soon", "ring"),
    JobState.RUNNING: StateLook("live", "loop"),
    JobState.DONE: StateLook("done", "check"),
    JobState.FAILED: StateLook("late", "x"),
    JobState.CANCELLED: StateLook("shut", "slash"),
}
JOB_OPEN = (JobState.QUEUED, JobState.RUNNING)

# From, to. Workers make their moves by conditional UPDATE (`core.jobs.lease`).
JOB_MOVES = {
    JobState.QUEUED: {JobState.RUNNING, JobState.CANCELLED, JobState.FAILED},
    JobState.RUNNING: {JobState.QUEUED, JobState.DONE, JobState.FAILED, JobState.CANCELLED},
    JobState.FAILED: {JobState.QUEUED},
    JobState.CANCELLED: {JobState.QUEUED},
}


class ImportState(models.TextChoices):
    """Where a list of people that somebody pasted is on its way."""

    STAGED = "staged", pgettext_lazy("import", "To be checked")
    APPLYING = "applying", pgettext_lazy("import", "Being entered")
    APPLIED = "applied", pgettext_lazy("import", "Entered")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    DROPPED = "dropped", pgettext_lazy("import", "Given up")

    @property
    def look(self) -> StateLook:
        return IMPORT_LOOKS[self]


IMPORT_LOOKS = {
    ImportState.STAGED: StateLook("soon", "ring"),
    ImportState.APPLYING: StateLook("live", "loop"),
    ImportState.APPLIED: StateLook("done", "check"),
    ImportState.UNDONE: StateLook("shut", "slash"),
    ImportState.DROPPED: StateLook("shut", "dash"),
}
IMPORT_OPEN = (ImportState.STAGED, ImportState.APPLYING)

# From, to. What is being entered comes back to be checked when a line is refused.
IMPORT_MOVES = {
    ImportState.STAGED: {ImportState.APPLYING, ImportState.DROPPED},
    ImportState.APPLYING: {ImportState.APPLIED, ImportState.STAGED, ImportState.DROPPED},
    ImportState.APPLIED: {ImportState.UNDONE},
}


class Fate(models.TextChoices):
    """What becomes of one line of a pasted list."""

    NEW = "new", pgettext_lazy("line", "New")
    USE = "use", pgettext_lazy("line", "Known person")
    KNOWN = "known", pgettext_lazy("line", "There already")
    OUT = "out", pgettext_lazy("line", "Left out")
    ASK = "ask", pgettext_lazy("line", "To be decided")
    WRONG = "wrong", pgettext_lazy("line", "To be corrected")

    @property
    def look(self) -> StateLook:
        return FATE_LOOKS[self]


FATE_LOOKS = {
    Fate.NEW: StateLook("done", "check"),
    Fate.USE: StateLook("done", "check"),
    Fate.KNOWN: StateLook("shut", "dash"),
    Fate.OUT: StateLook("shut", "slash"),
    Fate.ASK: StateLook("soon", "ring"),
    Fate.WRONG: StateLook("late", "x"),
}


class Kept(models.TextChoices):
    """Why undoing an import leaves a row as it is."""

    CHANGED = "changed", _("changed since it was entered")
    USED = "used", _("needed elsewhere by now")
    ATTENDED = "attended", _("marked in the attendance, or with a certificate")
    GONE = "gone", _("no longer there")
    ENDED = "ended", _("ended since by somebody else")


class JobFault(models.TextChoices):
    """Why a job did not come to its end, in words for the person who asked for it."""

    NONE = "", _("nothing to report")
    DIED = "died", _("The process that did this work stopped twice. Nothing is half done: try again, or ask for less.")
    NO_SPACE = "no_space", _("There is no space left on the server's disk. No file was left behind; tell the manager.")
    NOT_ALLOWED = "not_allowed", _("Your rights have changed since you asked for this: it was not done.")
    REFUSED = "refused", _("A rule of the programme stands against it.")
    BROKEN = "broken", _("An error of the portal stopped this work. It was noted; try again later.")
