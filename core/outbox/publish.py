"""Telling a worker at once that a message waits: one try, in a moment, and no harm when the broker is away.

The sweep finds every message within seconds, so nothing here may fail an act of a person or cost it more than a
second: after a failure this process does not try again for a while.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from celery import current_app

log = logging.getLogger(__name__)

DELIVER = "core.tasks.deliver"
QUIET_SECONDS = 15
CONNECT_SECONDS = 0.5

_local = threading.local()
_quiet_until = 0.0


def tell_a_worker(message_id: int) -> bool:
    """Publish the task that sends one message. True when the broker took it; never raises."""
    return publish(DELIVER, message_id)


def publish(task: str, row_id: int, **options: Any) -> bool:
    """Publish a task about one row, by its name. True when the broker took it; never raises: a sweep finds the row."""
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        current_app.send_task(task, args=[row_id], producer=_producer(), retry=False, ignore_result=True, **options)
    except Exception as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        _forget()
        log.warning("broker away, %s of row %s waits for the sweep: %s", task, row_id, error)
        return False
    return True


def _producer() -> Any:
    """A connection of this thread's own, that gives up quickly."""
    producer = getattr(_local, "producer", None)
    if producer is None:
        connection = current_app.connection_for_write(
            transport_options={
                **current_app.conf.broker_transport_options,
                "max_retries": 0,
                "socket_connect_timeout": CONNECT_SECONDS,
                "socket_timeout": CONNECT_SECONDS,
            }
        )
        _local.connection = connection
        _local.producer = producer = connection.Producer()
    return producer


def _forget() -> None:
    connection = getattr(_local, "connection", None)
    _local.connection = _local.producer = None
    if connection is not None:
        try:
            connection.release()
        except Exception as error:
            log.debug("closing the broker's connection: %s", error)
