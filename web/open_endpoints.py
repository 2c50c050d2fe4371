"""Every door that opens without a signed-in person, in one place, each with its reason."""

#: Nobody needs to be signed in.
OPEN_ENDPOINTS: frozenset[str] = frozenset(
    {
        "static",  # stylesheet, scripts, marks: nothing of a meeting
        "service.healthz",  # the supervisor asks whether the process answers
        "service.readyz",  # the proxy asks whether the parts behind it answer
        "service.metrics",  # counters without names; a site keeps the path inside its network
        "account.sign_in",  # the way in
        "account.second_step",  # its second step: what the first one proved stands in the signed cookie
        "account.leave_for_provider",  # the way to the site's own sign-in service, and back with its signed answer
        "account.return_from_provider",
        "account.choose_language",  # visitors read too; it writes a cookie of its own, and the account of who is in
        "api.create_session",  # the way in for scripts
        "api_document.openapi_json",  # the shape of the API, no data
        "keys.login_key",  # public keys that Prosody fetches by itself and without headers
        "keys.system_key",
        "recorder.status",  # Jibri can send no header of ours: the key is part of the address and the view checks it
        "recorder.session_status",
        "join.join",  # the personal link of an endpoint: its token is the proof
        "answers.page",  # the answer page of the same link
        "answers.give",
        *("bulletins.index", "bulletins.show"),  # what somebody entitled has made public of an issued notice
        # the endpoint's own test page behind the same link: its token is the proof, sizes and numbers are bounded
        *("check.page", "check.ping", "check.download", "check.upload", "check.result"),
    }
)

#: Called by the conference: a secret of their own instead of a person (setting `jitsi_<family>_secret`).
HOOK_ENDPOINTS: dict[str, str] = {
    "conference.reserve": "hook",
    "conference.read": "hook",
    "conference.room_gone": "hook",
    "events.receive": "events",
    "jibri.announce": "recordings",
}

#: No browser form stands behind these, so there is no form to forge.
CSRF_EXEMPT: frozenset[str] = frozenset(HOOK_ENDPOINTS) | {
    "api.create_session",
    "recorder.status",
    "recorder.session_status",
}

#: May carry a recording.
UPLOAD_ENDPOINTS: frozenset[str] = frozenset(
    {"api.upload_recording", "api.upload_captions", "api.send_bytes", "operator.upload", "operator.captions"}
)
