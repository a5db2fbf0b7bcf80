"""The short form of `./portal bench`: no figure counts, only that each measure runs and prints its line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

import psycopg2
import pytest
from psycopg2 import sql

from launcher.state import CHECKOUT

KEYS = {"measure", "rows", "value", "unit", "goal", "held"}


@pytest.mark.drill
def test_short_form_prints_a_line_for_every_measure() -> None:
    address = urlsplit(os.environ["DATABASE_URL"])
    name = f"{address.path.strip('/')}_bench"
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with closing(psycopg2.connect(address._replace(path="/postgres").geturl())) as server:
        server.autocommit = True
        cursor = server.cursor()
        cursor.execute(drop)
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            env = os.environ | {"DATABASE_URL": address._replace(path=f"/{name}").geturl()}
            command = [sys.executable, "-P", "-m", "bench", "--short"]
            env["PYTHONPATH"] = str(CHECKOUT)
            done = subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, timeout=600)
        finally:
            cursor.execute(drop)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"measure"')]
    assert all(set(line) == KEYS for line in lines)
    assert len({line["measure"] for line in lines}) >= 70
    assert any("memory of a web worker" in line["measure"] for line in lines), "the last of them ran too"
