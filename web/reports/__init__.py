"""Screens of quick reports: what is due, the unit's form, the board, the compiled report, the forms themselves."""
