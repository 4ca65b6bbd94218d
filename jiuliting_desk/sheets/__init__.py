"""Spreadsheets in and out; never sees the store."""
