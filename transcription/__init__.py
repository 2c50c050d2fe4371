"""A recording goes in, a finished transcript comes out: who said what, when, and how sure the machine is."""
