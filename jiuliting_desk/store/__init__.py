"""The one file: the only place that knows SQL."""
