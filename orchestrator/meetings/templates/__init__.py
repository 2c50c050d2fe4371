"""Templates: a plan kept without its day, from which a meeting is planned in one short form."""
