"""`python -m generator`, and the console script: interrupted while still importing, it says so as later."""

import sys


def run() -> int:
    """The command line, its imports included."""
    try:
        from generator.commands.cli import main

        return main()
    except KeyboardInterrupt:
        sys.stderr.write("Interrompu.\n")
        return 130


if __name__ == "__main__":
    sys.exit(run())
