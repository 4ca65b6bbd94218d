"""Hundreds of thousands of records at once: the collector of cyclic garbage rests while they are made and held.

None of them stands in a cycle. Each look through them takes a tenth of a second and more, in which no other thread
runs either, so that the window would stand still; and together they make a fifth of an import.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0


@contextmanager
def collector_resting() -> Iterator[None]:
    """No collections within; what was made within is not looked through afterwards, until ``let_go``."""
    global _resting
    with _lock:
        _resting += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _resting -= 1
            if not _resting:
                gc.freeze()
                gc.enable()


def let_go() -> None:
    """What was made is dropped: the collector looks at everything again."""
    with _lock:
        gc.unfreeze()
