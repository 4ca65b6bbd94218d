"""The console entry."""

import sys


def main() -> int:
    """Start the program with the command line's words; give the exit code."""
    return 0


if __name__ == "__main__":
    sys.exit(main())
