"""Workbooks that come in: planned row by row, decided, carried out in one step, taken back in one."""
