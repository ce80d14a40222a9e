"""Prefect wiring only: monitor, reprocess, maintain. Imports everything; only the verb `run` starts it."""
