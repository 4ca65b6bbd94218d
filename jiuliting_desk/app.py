"""The composition root of the window: builds everything once, in reading order."""
