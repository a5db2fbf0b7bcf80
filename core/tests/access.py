"""Who may open the addresses of the library. (Only tests name roles here: the library itself knows none.)"""

from __future__ import annotations

from accounts.tests.matrix import STAFF, everybody, only

ACCESS = {
    "core:theme": everybody(302, method="post"),
    "core:gallery": only(*STAFF),
}
