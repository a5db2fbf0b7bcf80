"""Addresses of the follow_up."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
