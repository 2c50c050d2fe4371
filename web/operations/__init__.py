"""Seeing inside: what an administrator and a monitoring want to know of the service itself."""
