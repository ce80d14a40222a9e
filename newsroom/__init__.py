"""A pretend press: serves a corpus as live feeds and pages on loopback, for the demo, the tests and the benches."""
