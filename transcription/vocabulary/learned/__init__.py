"""What secretaries set right becomes vocabulary of their units' next meetings: learned, listed, erased."""
