"""Who could serve a need, and the best plan for all of them."""
