"""Write a year of meetings into an empty installation, in bulk: past the services, but inside every constraint."""

from sqlalchemy import func, select

from core.clock import in_vietnam
from core.permissions import Actor, Role
from core.runtime import Runtime
from orchestrator.calendar.service import accept_year
from orchestrator.caps.service import ensure_default_policy
from orchestrator.directory.models import Endpoint, Person, Unit
from orchestrator.meetings.models import Meeting
from web.demo.sign_ins import ensure_administrator
from web.demo.year_of_meetings import directory_rows
from web.demo.year_of_meetings.bulk import keep
from web.demo.year_of_meetings.live_rows import keep_live
from web.demo.year_of_meetings.mail_rows import keep_invitations
from web.demo.year_of_meetings.meeting_rows import Directory, keep_meetings
from web.demo.year_of_meetings.plan import YearSize, meetings_of_year
from web.demo.year_of_meetings.plan_rows import keep_plans
from web.demo.year_of_meetings.report_rows import keep_reports
from web.demo.year_of_meetings.search_rows import keep_findable

#: A working day of meetings is one of reports.
_MEETINGS_A_DAY = 8


class NotEmpty(Exception):
    """There are meetings here already: a year of invented ones must not be mixed with somebody's own."""


def load_year(runtime: Runtime, size: YearSize) -> dict[str, int]:
    """Fill the empty installation; returns how many rows of each kind there are now. Raises NotEmpty."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        if session.scalar(select(func.count()).select_from(Meeting)):
            raise NotEmpty
        ensure_default_policy(session)
        administrator = ensure_administrator(session, runtime.settings.home)
        units = keep(session, Unit, directory_rows.units(size))
        people = keep(session, Person, directory_rows.people(size, units))
        endpoints = keep(session, Endpoint, directory_rows.endpoints(size, units))
        today = in_vietnam(now).date()
        for year in (today.year - 1, today.year, today.year + 1):
            accept_year(session, administrator, year)
        series = keep_plans(session, today, endpoints, people)
        kept = keep_meetings(session, meetings_of_year(size, now), now, Directory(endpoints, people, series))
        keep_findable(session, kept)
        presence = keep_live(session, [one for one in kept if one.is_over], size.presence, administrator.account_id)
        mails = keep_invitations(session, kept)
        secretary = Actor(administrator.account_id, administrator.name, frozenset({Role.SECRETARY}))
        reports = keep_reports(session, secretary, units, max(1, size.meetings // _MEETINGS_A_DAY), now)
    return {
        "units": len(units),
        "people": len(people),
        "endpoints": len(endpoints),
        "meetings": len(kept),
        "presence": presence,
        "mails": mails,
        "reports": reports,
    }
