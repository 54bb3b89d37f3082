"""Fail unless the wheel holds every committed file of its packages: pages, examples, fonts, SQL, histories, rules.

python .ci/wheel_files.py dist/center_selection-0.2.0-py3-none-any.whl
"""

import subprocess
import sys
import zipfile


def main(wheel: str) -> int:
    """Print each file that is missing and give the exit code."""
    names = set(zipfile.ZipFile(wheel).namelist())
    packages = {name.partition("/")[0] for name in names}
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True)
    committed = listed.stdout.decode().split("\0")
    missing = [name for name in committed if name.partition("/")[0] in packages and name not in names]
    for name in missing:
        print(f"{name}: not in the wheel", file=sys.stderr)
    return min(len(missing), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
