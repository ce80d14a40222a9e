"""`deconflict site`: build the static site from the published snapshot, or serve it on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from interfaces.cli.exit_codes import ExitCode
from interfaces.cli.render import print_json, say
from model.errors import ConfigError
from model.settings import load_settings

site = App(name="site", help="Build the static site, or serve it on loopback.")
PORT = 8018
_AsJson = Annotated[bool, Parameter(name="--json", negative="")]


@site.command
def build(*, to: Path | None = None, as_json: _AsJson = False) -> int:
    """Bring the static site up to the published snapshot; only what changed is written. Each run does so, too.

    Args:
        to: The folder; default: HOME/site.
        as_json: Print the envelope site/1.
    """
    from interfaces.site.build import build_site
    from interfaces.syndication.write import write_feeds

    settings = load_settings()
    built = build_site(settings.snapshot_path, to or settings.site_path)
    write_feeds(settings.snapshot_path, built.folder / settings.feeds_path.name, settings.site_url)
    if as_json:
        print_json("site/1", folder=str(built.folder), **_counts(built))
    say(
        f"{built.n_incidents} incidents; {built.n_written} files written, {built.n_kept} left as they were, "
        f"{built.n_removed} removed; open {built.folder / 'index.html'}"
    )
    return ExitCode.OK


def _counts(built: object) -> dict[str, int]:
    return {name: getattr(built, name) for name in ("n_incidents", "n_written", "n_kept", "n_removed")}


@site.command
def serve(*, port: int = PORT, folder: Annotated[Path | None, Parameter(name="--from")] = None) -> int:
    """Serve the site on this machine only, until Ctrl-C. Its files open without a server as well.

    Args:
        port: The port of 127.0.0.1; 0 takes a free one.
        folder: The site's folder; default: HOME/site.
    """
    from interfaces.site.serve import serve_site

    place = folder or load_settings().site_path
    if not (place / "index.html").is_file():
        raise ConfigError(f"there is no site in {place}", next_step="make it with deconflict site build")
    serve_site(place, port, on_start=lambda address: say(f"the site answers at {address} until Ctrl-C"))
    return ExitCode.OK
