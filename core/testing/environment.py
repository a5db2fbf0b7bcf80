"""A pytest plugin (`-p core.testing.environment`): defaults of the environment, before the settings are read.

What is set already wins: `./portal test` and CI give their own database, broker and state folder.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

os.environ["PORTAL_TEST"] = "1"
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 48)
os.environ.setdefault("PORTAL_URL", "http://localhost:8000")
if not os.environ.get("PORTAL_STATE"):
    os.environ["PORTAL_STATE"] = tempfile.mkdtemp(prefix="portal-test-")
    atexit.register(shutil.rmtree, os.environ["PORTAL_STATE"], ignore_errors=True)
