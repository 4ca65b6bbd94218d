"""Cards, forms and lists on paper, and reading them back; never sees the store."""
