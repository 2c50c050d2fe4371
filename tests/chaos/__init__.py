"""A running installation under fire: `make chaos`. Nothing may be lost, nothing done twice, whatever dies meanwhile."""
