"""One browser that keeps its connection, and how long it waits for each answer."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

TIMEOUT = 120.0
IDLE = 1.0
"""Seconds after which a kept connection is not used again: the server closes it after two."""


class Failed(Exception):
    """The server answered something else than was expected."""


@dataclass(frozen=True)
class Answer:
    """Status, headers in lower case, body, and seconds until its last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass
class Browser:
    """A client of 127.0.0.1:`port` that speaks to `localhost` and bears `cookies`."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    used_at: float = 0.0

    def get(self, path: str, *, expect: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
        """The page; raises Failed when it answers anything but `expect`."""
        return self._ask("GET", path, None, headers or {}, expect)

    def post(self, path: str, values: Mapping[str, str], *, expect: int = 200) -> Answer:
        """A form, sent as a browser sends it, with the token against forged forms."""
        token = self.cookies.get("csrftoken", "")
        body = urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://localhost:{self.port}/",
            "X-CSRFToken": token,
        }
        return self._ask("POST", path, body, headers, expect)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], expect: int) -> Answer:
        if time.perf_counter() - self.used_at > IDLE:
            self.close()
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        sent = {"Host": f"localhost:{self.port}", "Accept-Encoding": "br, gzip", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        since = time.perf_counter()
        try:
            self.connection.request(method, path, body=body, headers=sent)
            answer = self.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            self.close()
            raise
        self.used_at = time.perf_counter()
        seconds = self.used_at - since
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expect:
            raise Failed(f"{method} {path}: {answer.status} where {expect} was expected\n{content[:400]!r}")
        return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, content, seconds)


def median_ms(browser: Browser, path: str, *, times: int) -> float:
    """The median of `times` requests, in milliseconds."""
    return statistics.median(browser.get(path).seconds for _ in range(times)) * 1000
