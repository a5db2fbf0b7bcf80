"""Files that are sent in: none is taken that is larger than the portal reads, and that is told before it is stored."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 11_000_000
"""Ten megabytes of a file, and what stands around it."""


class FileTooBig(RequestDataTooBig):
    """Refused by its announced length, or while it arrives; `limit` in megabytes for the page that says so."""

    limit = 10


class Gate(FileUploadHandler):
    """The first of the handlers: it stores nothing, it counts."""

    received = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > MOST_BYTES:
            raise FileTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise FileTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
