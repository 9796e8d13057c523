"""A frame as arrays: outcomes by the window rule, answers as levels, groups as codes. Every study reads it here."""
