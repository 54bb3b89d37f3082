"""What some tests need of the machine: where it is missing they are left out, but never in CI, where they fail."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from runtime.embedded import own_network


def needs(held: bool, what: str) -> pytest.MarkDecorator:
    """Leave tests out where something is not had; in CI, which installs all there is to install, let them fail."""
    return pytest.mark.skipif(not held and "CI" not in os.environ, reason=f"needs {what}")


needs_linux = needs(sys.platform == "linux", "Linux")
needs_root = needs(
    sys.platform == "linux" and os.geteuid() == 0, "root on Linux, who alone becomes another user"
)
needs_namespaces = needs(own_network.is_possible(), "a machine that allows a network of one's own")
needs_openssl = needs(shutil.which("openssl") is not None, "the program openssl")
has_go = shutil.which("go") is not None and Path("/usr/share/gocode/src/golang.org/x/mod").is_dir()
needs_go = needs(has_go, "Debian's golang-go and golang-golang-x-mod-dev")
