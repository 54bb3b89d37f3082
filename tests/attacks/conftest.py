"""Attacks on the command line find no stack, unless they ask for one."""

from tests.starter.conftest import cli

__all__ = ["cli"]
