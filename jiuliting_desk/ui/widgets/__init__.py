"""Widgets that know no record."""
