"""Signs of life of the background processes, read by the health page."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """When a process last said that it lives: the scheduler, each worker."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "pulse"
        verbose_name_plural = "pulses"

    def __str__(self) -> str:
        return self.name
