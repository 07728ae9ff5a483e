"""The command line: `tillstorm run peak/peak_week`. `main` is the entry point."""

from tillstorm.cli.main import main

__all__ = ["main"]
