"""Where the files of jobs lie: one private folder a job, that nobody can reach but through the job's page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from core.models import Job


def place() -> Path:
    return Path(settings.MEDIA_ROOT) / "jobs"


def folder_of(job: Job) -> Path:
    return place() / job.uid.hex


def fresh_folder(job: Job) -> Path:
    """The folder of this attempt, when nothing is left of those before it."""
    clear(job)
    folder = folder_of(job) / str(job.attempts)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def clear_attempt(job: Job) -> None:
    """Nothing of this attempt stays; one that took the job over meanwhile keeps what is its own."""
    shutil.rmtree(folder_of(job) / str(job.attempts), ignore_errors=True)
    with suppress(OSError):
        folder_of(job).rmdir()


def clear(job: Job) -> None:
    """Nothing of the job stays on the disk."""
    shutil.rmtree(folder_of(job), ignore_errors=True)


def folder_names() -> set[str]:
    """The folders that are there, by the hexadecimal `uid` of their jobs."""
    return {path.name for path in place().iterdir()} if place().is_dir() else set()


def remove(names: set[str]) -> None:
    """Remove folders that no job names."""
    for name in names:
        shutil.rmtree(place() / name, ignore_errors=True)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when every byte of it is on the disk."""
    part = path.with_suffix(".part")
    with part.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
