"""`./portal NAME ...`: runs the module of that name in launcher.commands."""

from __future__ import annotations

import sys
from importlib import import_module

from launcher.commands import NAMES
from launcher.errors import Refusal


def main(argv: list[str]) -> int:
    """Run one subcommand; a refusal becomes one sentence on the error output and exit code 1."""
    name = {"-h": "help", "--help": "help"}.get(argv[0], argv[0]) if argv else "help"
    if name not in NAMES:
        print(f"portal: there is no '{name}'. ./portal help lists what there is.", file=sys.stderr)
        return 2
    try:
        return int(import_module(f"launcher.commands.{name}").run(argv[1:]))
    except Refusal as refusal:
        print(f"portal: {refusal}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"portal: the system refuses: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
