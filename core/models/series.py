"""Numbers without gaps or doubles, such as the codes of a year's sessions."""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """The last number given in a named series."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "series"
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
