"""One module a page; pages do not know one another."""
