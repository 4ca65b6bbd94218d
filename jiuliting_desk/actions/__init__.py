"""One function is one thing a person does."""
