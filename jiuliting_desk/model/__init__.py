"""Records and rules of the work; standard library only."""
