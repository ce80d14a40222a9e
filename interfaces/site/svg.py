"""Inline SVG, built of escaped parts: the only place beside the templates where markup is made.

No attribute `style` is written, since the pages' Content-Security-Policy forbids it: looks are classes of `more.css`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

_PLAIN = re.compile(r"[\w ,.;:()#%-]*\Z")  # nothing to escape, as in coordinates: to ask costs a tenth of escaping


def element(name: str, inner: str | Iterable[Markup] = "", /, **attributes: str | float) -> Markup:
    """Write an element; `_` in names of attributes stands for `-`, a trailing one is dropped; numbers are rounded.

    >>> element("text", "a < b", x=1.25, class_="label")
    Markup('<text x="1.2" class="label">a &lt; b</text>')
    """
    written = "".join([f' {_name(key)}="{_value(value)}"' for key, value in attributes.items()])
    body = _escaped(inner) if isinstance(inner, str) else "".join(inner)
    return Markup(f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>")  # noqa: S704 - escaped above


def joined(parts: Iterable[Markup]) -> Markup:
    """Put parts after each other."""
    return Markup("").join(parts)


def taken_over(text: str) -> Markup:
    """Take markup over from a page that an earlier build printed; the caller knows by its hash that it is as it was."""
    return Markup(text)  # noqa: S704 - escaped when it was printed


def style_sheet(text: str) -> Markup:
    """Take a style sheet of ours as it is: within its element nothing is to be escaped, and nothing may end it."""
    if "<" in text:
        raise ValueError("a style sheet that could end its element")
    return Markup(text)  # noqa: S704 - see above


def drawing(
    width: float, height: float, name: str, parts: Iterable[Markup], class_: str = "chart", role: str = "img"
) -> Markup:
    """Put parts into one image that is named for those who do not see it; the role of one with links is `group`."""
    box = f"0 0 {width:g} {height:g}"
    return element("svg", parts, viewBox=box, role=role, aria_label=name, class_=class_, focusable="false")


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return _escaped(value) if isinstance(value, str) else coordinate(value)


def _escaped(text: str) -> str:
    return text if _PLAIN.match(text) else str(escape(text))


def coordinate(value: float) -> str:
    """Write a coordinate to a tenth, without what stands for nothing.

    >>> coordinate(3.0), coordinate(0.04), coordinate(-0.04)
    ('3', '0', '0')
    """
    text = f"{value:.1f}"
    return text[:-2].replace("-0", "0") if text.endswith(".0") else text
