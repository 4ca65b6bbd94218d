"""Shared by all tests: no screen, no real folders, real files."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.store_fixtures"]
