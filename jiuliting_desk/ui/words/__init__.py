"""Chinese words for enum members, as data: one entry a line, so that many hands can add."""
