"""Fixtures of the browser tests of the interface."""

from __future__ import annotations

from core.testing.browser import chromium

__all__ = ["chromium"]
