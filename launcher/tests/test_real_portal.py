"""The portal itself, started as `up` starts it: the page, its files, its health, and nothing left."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request

import pytest

from launcher.portal import Portal
from launcher.postgres import free_port
from launcher.services import Services

pytestmark = [pytest.mark.usefixtures("own_servers"), pytest.mark.xdist_group("real-portal")]


def get(url: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers.get("Content-Type", ""), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, "", error.read()


def test_the_real_portal_reaches_its_first_page_and_serves_its_own_files() -> None:
    with Services(test=True) as services:
        with Portal(env=services.env, port=free_port()) as portal:
            assert portal.prepared["migrations"] > 0
            assert portal.prepared["demo"] == "none"
            status, kind, page = get(portal.url)
            assert (status, kind) == (200, "text/html; charset=utf-8")
            style = re.search(rb'href="(/static/[^"]+[.][0-9a-f]{12}[.]css)"', page)
            assert style, "no hashed style sheet in the page"
            assert get(portal.url.rstrip("/") + style[1].decode())[0] == 200
            health = json.loads(get(f"{portal.url}healthz")[2])
            assert health["database"]["ok"]
            assert health["broker"]["ok"]
            again = portal.prepare()
            assert again == {"migrations": 0, "static": False, "demo": "none"}
            processes = [child.process for child in portal.children]
        assert [process.poll() for process in processes] == [0, 0, 0]
