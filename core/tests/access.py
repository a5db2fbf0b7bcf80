"""Who may open the addresses of the library. (Only tests name roles here: the library itself knows none.)"""

from __future__ import annotations

from uuid import uuid4

from accounts.tests.matrix import STAFF, everybody, only, signed_in

ACCESS = {
    "core:theme": everybody(302, method="post"),
    "core:job-list": signed_in(),
    "core:job-detail": signed_in(404, args=lambda: [uuid4()]),
    "core:job-file": signed_in(404, args=lambda: [uuid4()]),
    "core:job-cancel": signed_in(404, args=lambda: [uuid4()]),
    "core:job-resume": signed_in(404, args=lambda: [uuid4()]),
    "core:import-list": signed_in(),
    "core:import-detail": signed_in(404, args=lambda: [uuid4()]),
    "core:import-drop": signed_in(404, args=lambda: [uuid4()]),
    "core:import-reopen": signed_in(404, args=lambda: [uuid4()]),
    "core:import-undo": signed_in(404, args=lambda: [uuid4()]),
    "core:gallery": only(*STAFF),
}
