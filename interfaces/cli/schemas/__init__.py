"""The JSON Schema of every envelope that `--json` prints: `NAME-VERSION.json`.

A form that loses a field, or gives one another meaning, gets a new version; a new field does not. The files are made
by `python tests/support/cli_schemas.py` from the dataclasses that the verbs print; a test keeps the two together.
"""
