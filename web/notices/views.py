"""The blueprint of this folder with all its views: importing this module hangs them on."""

from web.notices import followups, house, keys, records, review, successors, verification, word
from web.notices.blueprint import blueprint

__all__ = ["blueprint", "followups", "house", "keys", "records", "review", "successors", "verification", "word"]
