"""The rows of the leaf library."""

from core.models.batches import MessageBatch
from core.models.files import StoredFile
from core.models.imports import Import
from core.models.jobs import Job
from core.models.journal import JournalEntry, JournalReason
from core.models.outbox import Message, PersonalLink
from core.models.pulse import Pulse
from core.models.reads import ReadEntry
from core.models.series import Series

__all__ = [
    "Import",
    "Job",
    "JournalEntry",
    "JournalReason",
    "Message",
    "MessageBatch",
    "PersonalLink",
    "Pulse",
    "ReadEntry",
    "Series",
    "StoredFile",
]
