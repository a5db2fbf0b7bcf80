"""The leaf library that every app stands on; it knows no business word."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import jobs
        from core.exports import work
        from core.imports import applying

        jobs.register(work.KIND)
        jobs.register(applying.KIND)
