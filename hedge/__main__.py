"""`python -m hedge`, and the command `hedge`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; an interrupt while it is imported ends as silently as one later."""
    try:
        from hedge.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
