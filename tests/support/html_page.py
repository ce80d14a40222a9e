"""A page of HTML as far as tests of links and safety look at it."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page loads, links to and names, and the style sheets within it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.policies: list[str] = []
        self.inline: list[str] = []
        self.styles: list[str] = []
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.ids += [attributes["id"]] if attributes.get("id") else []
        self.inline += [name for name in attributes if name == "style" or name.startswith("on")]
        self._within = tag
        if tag in ("script", "img") or (tag == "link" and attributes.get("rel") in ("stylesheet", "icon")):
            self.loads.append(attributes.get("src") or attributes.get("href") or "")
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"] or "")
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(attributes.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script" and data.strip():
            self.inline.append(data)
        if self._within == "style":
            self.styles.append(data)
