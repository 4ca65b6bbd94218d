"""``python -m tests.benchmarks [name ...]``: what, size, ours, the floor measured in the same run, and their ratio.

Each module of this folder with a ``run`` function gives rows (what, size, ours in seconds, floor in seconds, what
the floor is); names narrow the choice. A module whose UNIT is "MiB" gives memory in the place of seconds, but for
rows that name another unit behind.
"""

import importlib
import pkgutil
import sys

import tests.benchmarks


def main(names: list[str]) -> int:
    """Run the chosen benchmarks and print their table."""
    modules = sorted(info.name for info in pkgutil.iter_modules(tests.benchmarks.__path__) if info.name != "__main__")
    unknown = set(names) - set(modules)
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(modules)}", file=sys.stderr)
        return 2
    print(f"{'what':<52} {'size':<28} {'ours':>10} {'floor':>10} {'ratio':>7}  floor is")
    for name in modules:
        if names and name not in names:
            continue
        module = importlib.import_module(f"tests.benchmarks.{name}")
        run = getattr(module, "run", None)
        if run is None:
            continue
        usual = getattr(module, "UNIT", "s")
        for what, size, ours, floor, floor_name, *unit in run():
            shown = _amount if (unit or [usual])[0] == "MiB" else _time
            ratio = f"{ours / floor:7.2f}" if floor else "      -"
            print(f"{what:<52} {size:<28} {shown(ours):>10} {shown(floor):>10} {ratio}  {floor_name}", flush=True)
        for line in module.tables() if name in names and hasattr(module, "tables") else ():
            print(line, flush=True)
    return 0


def _amount(mebibytes: float) -> str:
    return f"{mebibytes:.0f} MiB"


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
