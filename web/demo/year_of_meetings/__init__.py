"""A year of a busy ministry, invented: what it plans (`plan`), and its rows in the database (`loading`)."""
