"""The one door to lxml, which ships no types; its elements are untyped for the checker, and named for the reader."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, fromstring  # type: ignore[import-untyped]

__all__ = ["HtmlElement", "etree", "fromstring"]
