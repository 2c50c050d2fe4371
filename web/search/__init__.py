"""Search from the head of every page: over what this person may see, and nothing else."""
