"""`deconflict completion`: a script by which a shell completes verbs and options."""

from __future__ import annotations

import sys
from typing import Literal


def completion(shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print a script by which a shell completes verbs and options.

    For bash: `deconflict completion bash > ~/.local/share/bash-completion/completions/deconflict`.
    For zsh: `deconflict completion zsh > ~/.zfunc/_deconflict`, with `fpath+=~/.zfunc` before `compinit`.
    For fish: `deconflict completion fish > ~/.config/fish/completions/deconflict.fish`.

    Args:
        shell: bash, zsh or fish.
    """
    from interfaces.cli.main import app  # here: it names this verb

    sys.stdout.write(app.generate_completion(shell=shell).rstrip("\n") + "\n")
