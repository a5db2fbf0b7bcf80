"""The Celery application and its schedule, which is code: what runs when is read here and nowhere else."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pasri_portal.settings")

app = Celery("pasri_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "outbox-deliver": {"task": "core.tasks.deliver_due", "schedule": 5.0, "options": {"expires": 5}},
    "jobs-sweep": {"task": "core.tasks.sweep_jobs", "schedule": 15.0, "options": {"expires": 15}},
    "jobs-purge": {"task": "core.tasks.purge_jobs", "schedule": crontab(minute=10)},
    "lists-purge": {"task": "core.tasks.purge_lists", "schedule": crontab(minute=40)},
    "heartbeat": {"task": "core.tasks.beat", "schedule": 30.0, "options": {"expires": 30}},
    "registrations-lapse": {
        "task": "trainings.tasks.lapse_registrations",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sessions-plan": {"task": "trainings.tasks.plan_messages", "schedule": 900.0, "options": {"expires": 900}},
    "certificates-expire": {"task": "trainings.tasks.expire_certificates", "schedule": crontab(hour=0, minute=5)},
    "sessions-clear": {"task": "core.tasks.clear_sessions", "schedule": crontab(hour=3, minute=20)},
    "contacts-purge": {"task": "directory.tasks.purge", "schedule": crontab(hour=3, minute=40)},
}
