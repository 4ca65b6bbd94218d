"""Shared by all tests: no screen, no real folders."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
