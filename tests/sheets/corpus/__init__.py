"""Workbooks made to look like other people's, with the truth beside each: many layouts, all the peculiarities."""
