"""The next number of a series: one row, one UPDATE, so that two people at once get two numbers."""

from __future__ import annotations

from django.db import models, transaction

from core.models import Series


@transaction.atomic
def next_number(name: str) -> int:
    """Give the next number of the series `name`, from 1; the row stays locked until the caller's transaction ends."""
    Series.objects.bulk_create([Series(name=name)], ignore_conflicts=True)
    Series.objects.filter(name=name).update(last=models.F("last") + 1)
    return Series.objects.values_list("last", flat=True).get(name=name)
