"""A file on disk: one CSV's text, lock, gates and backups, whole files and folders."""
