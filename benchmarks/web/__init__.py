"""How fast the screens answer with a year of data, and whether their queries grow with it."""
