"""The commands beside `lab`: one module each, with its options and what it does."""
