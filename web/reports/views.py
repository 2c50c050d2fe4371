"""All views of quick reports, hung on their blueprint by being imported."""

from web.reports import boards, compiling, filling, keeping
from web.reports.blueprint import blueprint

VIEWS = (boards, compiling, filling, keeping)

__all__ = ["VIEWS", "blueprint"]
