"""Meetings: classification first, then the plan, its life cycle and the facts that the higher rooms read."""
