"""Templates: compiled once, everything escaped, a missing name is an error; and what every page is told."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import cast

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from interfaces.site.svg import drawing, element, style_sheet, taken_over

# As a meta tag in each page and as a header of `site serve`; nothing from elsewhere, no inline script, and one inline
# style by its hash: `{style}` is that source, or nothing.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{style}; img-src 'self' data:; base-uri 'none'; "
    "form-action 'none'"
)
PAGES = (
    ("index.html", "New"), ("map.html", "Map"), ("trends.html", "Trends"), ("feeds.html", "Feeds"),
    ("review.html", "Review"), ("runs.html", "Runs"), ("about.html", "About"),
)  # fmt: skip
STATUS_WIDTH, STATUS_HEIGHT = 460, 22
ASSETS = "assets"  # the folder of files whose names hold their hashes
_ROW = re.compile(r'(<tr role="row" data-c=.*?<a href="([^"]*)">.*?</tr>\n)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Status:
    """What every page says first: how far the data go, and how many feeds fail."""

    as_of: str
    as_of_stamp: str
    feeds: str

    @property
    def script(self) -> str:
        """The status as a script, so that a page which did not change since tells today's all the same."""
        status = {"asOf": self.as_of, "stamp": self.as_of_stamp, "feeds": self.feeds}
        return f"const deconflictStatus={json.dumps(status, ensure_ascii=True)};\n{_asset('status.js').decode()}"

    @property
    def picture(self) -> str:
        """The status as an image, for those pages where no script runs; grey on clear suits light and dark."""
        words = f"Data as of {self.as_of} · {self.feeds}"
        text = element("text", words, x=0, y=16, font_family="sans-serif", font_size=14, fill="#7c7c7c")
        image = drawing(STATUS_WIDTH, STATUS_HEIGHT, words, [text])
        return str(image).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1) + "\n"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load; its name holds its hash, so that an older page keeps what it was made for."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Style:
    """What a page needs for its first paint, written into it, and the policy that allows just that."""

    text: Markup
    policy: str


# Sheets by template; what is not named has the first alone. The rest of the looks is in `more.css`, which pages load.
_SHEETS = {"index": "list", "month": "list", "search": "list", "incident": "incident"}
_BLANKS = re.compile(r"/\*.*?\*/|(?<=[{};,])\s+|\s+(?=[{}])|(?<=[^ ]:) (?=[^{}]*[;}])", re.DOTALL)


@cache
def style_of(template: str) -> Style:
    """Return the style that a page of this template holds."""
    sheets = ["base.css", *([f"{_SHEETS[template]}.css"] if template in _SHEETS else [])]
    text = "".join(_shortened(_asset(name).decode()) for name in sheets)
    source = b64encode(sha256(text.encode()).digest()).decode()
    return Style(style_sheet(text), CONTENT_SECURITY_POLICY.format(style=f" 'sha256-{source}'"))


def _shortened(sheet: str) -> str:
    return _BLANKS.sub("", sheet).strip()


def _asset(name: str) -> bytes:
    return files("interfaces.site").joinpath("assets", name).read_bytes()


@cache
def assets() -> Mapping[str, Asset]:
    """Return the style and the script that pages load, by their plain names."""
    made = {}
    for name in ("more.css", "site.js"):
        stem, _, suffix = name.partition(".")
        content = _shortened(_asset(name).decode()).encode() if suffix == "css" else _asset(name)
        made[name] = Asset(f"{ASSETS}/{stem}-{sha256(content).hexdigest()[:10]}.{suffix}", content)
    return made


@cache
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=PackageLoader("interfaces.site"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(pages=PAGES, css=assets()["more.css"].path, js=assets()["site.js"].path)
    return made


def page(template: str, path: str, title: str, status: Status | None, /, **view: object) -> str:
    """Print a page that lies at `path`; without a status it takes the newest from a script."""
    depth = path.count("/")
    return (
        environment()
        .get_template(f"{template}.html.j2")
        .render(root="../" * depth, path=path, title=title, status=status, style=style_of(template), **view)
    )


@cache
def _row_macro() -> Callable[[object], Markup]:
    return cast("Callable[[object], Markup]", environment().get_template("rows.html.j2").module.row)  # type: ignore[attr-defined]


def printed_row(row: object) -> Markup:
    """Print one row of a list of incidents, as `rows.html.j2` has it."""
    return _row_macro()(row)


def printed_rows(text: str) -> dict[str, Markup]:
    """Take a page with such rows, made by an earlier build, apart again: its rows by the address that each leads to.

    A row ends where its element does: what a feed wrote cannot hold a tag, since everything is escaped.
    """
    rows = _ROW.findall(text)
    return {address: taken_over(row) for row, address in rows}


@cache
def version_of_pages() -> str:
    """Return a mark of everything but the data that pages are made of: templates, assets, outline, this code."""
    mark = sha256()
    folders = (("interfaces.site", "."), ("interfaces.site", "templates"), ("interfaces.site", "assets"))
    for package, folder in folders:
        for item in sorted(files(package).joinpath(folder).iterdir(), key=lambda one: one.name):
            if item.is_file():
                mark.update(item.name.encode())
                mark.update(item.read_bytes())
    for name in ("world_outline.json", "event_types.csv"):
        mark.update(files("seeds").joinpath("reference", name).read_bytes())
    return mark.hexdigest()[:20]
