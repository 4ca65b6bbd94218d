"""The console entry: a command is carried out in the shell, other words open the window."""

import argparse
import sys

READ_SHEET = "--read-sheet"
"""The word with which the frozen program starts itself to read a stranger's workbook in a process of its own."""


def main() -> int:
    """Start the program with the command line's words; give the exit code."""
    if sys.argv[1:2] == [READ_SHEET]:
        from jiuliting_desk.sheets import child

        return child.main()
    from jiuliting_desk import cli

    return cli.run(sys.argv[1:], open_window=_open_window)


def _open_window(arguments: argparse.Namespace) -> int:
    from jiuliting_desk import app, cli, paths

    if arguments.self_test:
        problems = app.self_test(arguments.file)
        print("\n".join(problems) if problems else "OK")
        return 1 if problems else 0
    if arguments.demo:
        return app.run(cli.demo_file())
    return app.run(arguments.file or paths.default_case_file())


if __name__ == "__main__":
    sys.exit(main())
