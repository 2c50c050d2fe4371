"""What other rooms and screens ask of the invitations, gathered in one place."""

from orchestrator.invitations.door import LinkAnswer, LinkStatus, endpoint_seats, resolve_link
from orchestrator.invitations.links import create_links, hash_token, join_url

__all__ = ["LinkAnswer", "LinkStatus", "create_links", "hash_token", "join_url", "resolve_link", "endpoint_seats"]
