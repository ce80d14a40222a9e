"""What holds for every test."""

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("unhurried")
settings.load_profile("unhurried")
