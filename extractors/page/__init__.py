"""Page bytes to articles.

Belongs: text, title, author, publication time with precision and source, canonical address, language, wire credit,
flags for text that is not the whole article. Does not: fetching, coding of reports.
This package itself stays light: trafilatura is imported by the workers, or when `extract_html` is first called.
"""

from extractors.page.articles import EXTRACTOR_VERSION, ExtractedArticle, PageSource, extract_articles, extract_html

__all__ = ["EXTRACTOR_VERSION", "ExtractedArticle", "PageSource", "extract_articles", "extract_html"]
