"""Rows of the trainings app, one aggregate a file."""

from trainings.models.attendance import Attendance, Correction
from trainings.models.certificates import Certificate, SigningKey
from trainings.models.feeds import CalendarFeed
from trainings.models.half_days import HalfDay, HalfDayTrainer
from trainings.models.parts import PartCategory, SessionPart
from trainings.models.registrations import Registration
from trainings.models.sessions import Question, Session, SessionTrainer
from trainings.models.trainings import PublicCategory, Training

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Certificate",
    "Correction",
    "HalfDay",
    "HalfDayTrainer",
    "PartCategory",
    "PublicCategory",
    "Question",
    "Registration",
    "Session",
    "SessionPart",
    "SessionTrainer",
    "SigningKey",
    "Training",
]
