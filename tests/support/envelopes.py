"""Read what a verb printed with --json, and hold it to the schema that it names."""

import json

from jsonschema import Draft202012Validator

from interfaces.cli.schema import schemas


def read_envelope(printed: str) -> dict:
    output = json.loads(printed)
    Draft202012Validator(json.loads(schemas()[output["schema"]])).validate(output)
    return output
