"""The project: settings, addresses, Celery, home pages. The only package that sees every app."""

from pasri_portal.celery import app as celery_app

__all__ = ["celery_app"]
