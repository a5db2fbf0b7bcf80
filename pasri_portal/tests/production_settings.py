"""The settings of a production, with the quick password hasher of the tests: see `production_probe`."""

from pasri_portal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
