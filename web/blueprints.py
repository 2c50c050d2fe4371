"""All blueprints of the application, in one list, with the modules that add views to a shared one."""

from flask import Blueprint
from flask_openapi3.openapi import OpenAPI

from web import service_points
from web.account import language as account_language
from web.account import own as account_own
from web.account import provider as account_provider
from web.account import tokens as account_tokens
from web.account import views as account_views
from web.account.blueprint import blueprint as account
from web.administrator import anchors as administrator_anchors
from web.administrator import calendar as administrator_calendar
from web.administrator import caps as administrator_caps
from web.administrator import directory, trail, transfers, views
from web.administrator.blueprint import blueprint as administrator
from web.api import after_issue as api_after_issue
from web.api import calendar as api_calendar
from web.api import deliveries, document, meetings, notices, recordings, sessions, tasks, transcripts
from web.api import directory as api_directory
from web.api import directory_files as api_directory_files
from web.api import extensions as api_extensions
from web.api import invitations as api_invitations
from web.api import notice_editing as api_notice_editing
from web.api import planning as api_planning
from web.api import recording_parts as api_recording_parts
from web.api import reports as api_reports
from web.api import reviews as api_reviews
from web.api import search as api_search
from web.api import series as api_series
from web.api import signing as api_signing
from web.api import terms as api_terms
from web.api import transcript_changes as api_transcript_changes
from web.api import uploads as api_uploads
from web.api import voices as api_voices
from web.api.blueprint import api
from web.approver import views as approver
from web.check import views as check
from web.console import content as console_content
from web.console import papers as console_papers
from web.console import room as console_room
from web.console import technical as console_technical
from web.console import views as console_views
from web.console.blueprint import blueprint as console
from web.help import views as help_pages
from web.home import views as home
from web.hooks import conference, events, jibri, join, keys, recorder
from web.invitations import answering as invitations_answering
from web.invitations import letters as invitations_letters
from web.invitations import mailbox as invitations_mailbox
from web.invitations.blueprint import answers, mails
from web.invitations.blueprint import blueprint as invitations
from web.live import views as live_views
from web.live.blueprint import blueprint as live
from web.media import views as media
from web.notices.bulletins import public as bulletins
from web.notices.views import blueprint as notice_pages
from web.operations import views as operations
from web.operator import exceptions as operator_exceptions
from web.operator import joining as operator_joining
from web.operator import listing as operator_listing
from web.operator import planning as operator_planning
from web.operator import recordings as operator_recordings
from web.operator import rooms as operator_rooms
from web.operator import series as operator_series
from web.operator import templates as operator_templates
from web.operator import uploading as operator_uploading
from web.operator import views as operator_views
from web.operator.blueprint import blueprint as operator
from web.purging import views as purging
from web.registrar import views as registrar
from web.reports import views as reports
from web.retention import views as retention
from web.search import views as search
from web.secretary import desk as secretary_desk
from web.secretary import notices as secretary_notices
from web.secretary import terms as secretary_terms
from web.secretary import transcript_acts as secretary_transcript_acts
from web.secretary import transcripts as secretary_transcripts
from web.secretary.blueprint import blueprint as secretary
from web.unit import views as unit
from web.voices import views as voices

#: Modules whose import hangs views on a shared blueprint.
VIEW_MODULES = (
    *(
        api_directory,
        api_directory_files,
        api_reports,
        deliveries,
        meetings,
        notices,
        recordings,
        sessions,
        tasks,
        transcripts,
    ),
    *(
        administrator_anchors,
        administrator_caps,
        administrator_calendar,
        directory,
        trail,
        transfers,
        views,
        operator_joining,
        operator_recordings,
        operator_views,
        secretary_notices,
        secretary_terms,
        secretary_transcript_acts,
        secretary_transcripts,
    ),
    *(api_transcript_changes, secretary_desk),
    *(api_uploads, operator_uploading),
    *(console_content, console_papers, console_room, console_technical, console_views),
    live_views,
    *(invitations_answering, invitations_letters, invitations_mailbox),
    *(api_calendar, api_invitations, api_planning, api_recording_parts, api_search, api_series, api_terms, api_voices),
    *(api_after_issue, api_extensions, api_notice_editing, api_reviews, api_signing),
    *(operator_exceptions, operator_listing, operator_planning, operator_rooms, operator_series, operator_templates),
    *(account_language, account_own, account_provider, account_tokens, account_views),
)
SCREENS: tuple[Blueprint, ...] = (
    *(notice_pages, bulletins),
    *(invitations, answers, mails),
    *(home.blueprint, search.blueprint, help_pages.blueprint),
    *(account, operator, secretary, approver.blueprint, registrar.blueprint),
    *(
        unit.blueprint,
        administrator,
        console,
        live,
        check.blueprint,
        media.blueprint,
        reports.blueprint,
        voices.blueprint,
        purging.blueprint,
        retention.blueprint,
        operations.blueprint,
    ),
)
HOOKS: tuple[Blueprint, ...] = (
    *(conference.blueprint, events.blueprint, keys.blueprint, jibri.blueprint, join.blueprint, recorder.blueprint),
)
SERVICE: tuple[Blueprint, ...] = (service_points.blueprint, document.blueprint)


def register(app: OpenAPI) -> None:
    """Hang every blueprint on the application."""
    for blueprint in SERVICE + SCREENS + HOOKS:
        app.register_blueprint(blueprint)
    if api.name not in app.blueprints:
        app.register_api(api)
