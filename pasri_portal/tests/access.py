"""Who may open the addresses that belong to no single app."""

from __future__ import annotations

from accounts.tests.matrix import everybody, only, signed_in

ACCESS = {
    "healthz": everybody(503),  # no worker and no scheduler runs in the tests
    "front": everybody(),
    "home": signed_in(),
    "programme-state": only("manager", "officer", "auditor"),
    "read-list": only("manager"),
    "search": signed_in(),
}
