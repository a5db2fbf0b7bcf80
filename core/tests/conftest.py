"""A model of the tests' own: the library knows no business word, so its lists are tried on things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from core.keys import key_field


@pytest.fixture
def thing(db: None) -> Iterator[type[models.Model]]:
    """A table `thing` (name, note, on, key) that lives as long as the test."""
    with isolate_apps("core"):

        class Thing(models.Model):
            name = models.CharField(max_length=300)
            note = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 the sorts must refuse it
            on = models.DateField()
            code = models.CharField(max_length=20, unique=True)
            key: Any = key_field("name")

            class Meta:
                app_label = "core"
                indexes = [
                    models.Index(fields=["key", "id"], name="thing_key"),
                    models.Index(fields=["-on", "-id"], name="thing_on"),
                ]

            def __str__(self) -> str:
                return self.name

        with connection.schema_editor() as editor:
            editor.create_model(Thing)
        yield Thing
