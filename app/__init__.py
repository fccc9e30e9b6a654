"""The program without its windows."""

VERSION = "0.1.0"
"""Of console and centre alike; pyproject.toml says the same."""
