"""How late live text is: sample meetings played to a whole installation (`python -m benchmarks.live`)."""
