"""The JSON API under /api/v1: what the screens do, for the scripts of a site. OpenAPI at /api/v1/openapi.json.

Thin on purpose: read the request, call the room's service in one transaction, shape the answer.
"""
