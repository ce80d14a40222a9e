"""Lines of a text that are not the article: teasers of other stories ("Also read: …"), captions and photo credits.

They tell of *other* incidents, or of the same kind of incident years ago. A line goes when it opens with such a label
and is short, or ends in a photo credit and is short. Known false positives: a paragraph of one sentence that opens with
"Related:"; a real sentence followed by "(File photo)".
"""

from __future__ import annotations

import re

MAX_TEASER_CHARS = 220  # a headline with its label; paragraphs are longer
MAX_CAPTION_CHARS = 320
_LABEL = (
    r"(?:also\s+(?:read|see|watch)|(?:please\s+)?(?:read|see|watch)\s+(?:also|more|next|this)|must\s+read|"
    r"further\s+reading|related(?:\s+(?:stor(?:y|ies)|articles?|news|coverage|reading|posts?|content|links?))?|"
    r"recommended(?:\s+(?:for\s+you|stor(?:y|ies)|articles?|reading))?|don'?t\s+miss|you\s+(?:may|might)\s+(?:also\s+)?like|"
    r"editor'?s\s+picks?|more\s+(?:on\s+this|stories|news|coverage|from\s+[^\n:]{2,30})|(?:top|latest|trending|breaking)\s+"
    r"(?:stor(?:y|ies)|news)|in\s+other\s+news|in\s+case\s+you\s+missed\s+it|sign\s+up|subscribe)"
)
_BULLET = r"[\s>»▶►•*#\[(|-]{0,6}"
_TEASER = re.compile(rf"^{_BULLET}{_LABEL}\s*[:|»>–—-]+\s*\S.*$", re.IGNORECASE)
_READ = re.compile(r"^\s*[>»▶►•*\[(|-]{0,4}\s*(?:READ|Read|WATCH|Watch|SEE|ALSO|MORE)\s*[:|»>]\s*[^.!?]+$")
_ALONE = re.compile(rf"^{_BULLET}{_LABEL}\s*[:|»>.…–—-]*\s*[\])]?$", re.IGNORECASE)
_BRACKETED = re.compile(rf"\s*[(\[]\s*{_LABEL}\s*[:|»>–—-]+\s*[^()\[\]\n]{{1,200}}[)\]]", re.IGNORECASE)
_AT_END = re.compile(rf"(?<=[.!?\"”’)])\s+{_LABEL}\s*[:|»>–—-]+\s*[^.!?\n]{{5,180}}[.]?$", re.IGNORECASE)
_PICTURE = (
    r"(?:file\s+)?(?:photos?|photographs?|images?|pictures?|pics?|captions?|graphics?|illustrations?|"
    r"representati(?:ve|onal)\s+images?)"
)
_CAPTION = re.compile(
    rf"^\W{{0,3}}(?:{_PICTURE}(?:\s+(?:credits?|caption|courtesy|source|by|from|file))?\s*[:|/©]|file\s+(?:photo|picture|image)\b"
    r"|(?:image|photo|picture)\s+(?:credit|caption|source)\b|©)\s*.*$",
    re.IGNORECASE,
)
_CREDITED = re.compile(
    rf"[(\[]\s*(?:{_PICTURE}|file|[^()\[\]]{{2,40}}\s+(?:photo|file|via\s+(?:ap|afp|reuters|getty)))\b[^()\[\]]{{0,60}}[)\]]\s*\.?$"
    rf"|(?:^|[.!?\"”)]\s+)(?:{_PICTURE})\s*[:©]\s*[^.!?]{{2,60}}$|\bfile\s+(?:photo|picture|image)\.?$"
    r"|(?:/|©|\bvia\b)\s?(?:AFP|AP|Reuters|REUTERS|EPA(?:-EFE)?|Getty(?:\s+Images)?|Anadolu(?:\s+Agency)?|Xinhua|TASS|dpa)\W{0,2}$",
    re.IGNORECASE,
)


def drop_teasers(text: str) -> str:
    r"""Remove teasers of other stories, captions and photo credits from a text, a paragraph a line.

    A text that is nothing else stays as it is.

    >>> drop_teasers("Two were hurt.\nAlso read: Blast kills 30\nPolice came.")
    'Two were hurt.\nPolice came.'
    """
    kept: list[str] = []
    is_after_label = False
    for line in text.split("\n"):
        if is_after_label and _is_headline(line):
            is_after_label = False
            continue
        is_gap = is_after_label and not line.strip()
        is_after_label = bool(_ALONE.match(line)) or is_gap
        if not (is_gap or _ALONE.match(line) or _is_teaser(line)):
            kept.append(_AT_END.sub("", _BRACKETED.sub("", line)) if ":" in line or "|" in line else line)
    return "\n".join(kept) if any(line.strip() for line in kept) else text


def _is_teaser(line: str) -> bool:
    """Say whether a line tells of another story or of a picture."""
    if len(line) <= MAX_TEASER_CHARS and (_TEASER.match(line) or _READ.match(line)):
        return True
    return len(line) <= MAX_CAPTION_CHARS and bool(_CAPTION.match(line) or _CREDITED.search(line))


def _is_headline(line: str) -> bool:
    """Say whether a line that follows a bare label is a headline: short, and no sentence."""
    text = line.strip()
    return 0 < len(text) <= MAX_TEASER_CHARS and not text.endswith((".", "!", "”", '"'))
