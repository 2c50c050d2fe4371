-- Prosody at a site with Jitsi's Debian packages (Prosody 0.12 or 13, Jitsi Meet's plugins of 2024 or later).
--
-- Put it in place of /etc/prosody/conf.avail/<domain>.cfg.lua after replacing:
--   meet.example.vn             the site's domain
--   diemcau.example.vn          the address of Điểm Cầu as this machine reaches it
--   @APP_SECRET@ @HOOK_SECRET@ @EVENTS_SECRET@   from secrets.json of Điểm Cầu (jitsi_app_secret, jitsi_hook_secret,
--                               jitsi_events_secret)
-- Then: prosodyctl check config && systemctl restart prosody, and `diemcau jitsi-probe` (docs/operations/jitsi.md).
--
-- Three settings hold the cap, and each fails silently alone:  [1] the module is loaded,  [2] its global number is above
-- zero,  [3] reservations may set the number of one room. They are marked below.

plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/", "/usr/local/share/diemcau/prosody/" }

muc_mapper_domain_base = "meet.example.vn"
muc_mapper_domain_prefix = "conference"
http_default_host = "meet.example.vn"

-- Room sizes, the list of rooms and kicking answer without asking who calls: this machine only. Where Điểm Cầu runs on
-- another machine give the private address and let the firewall allow that machine alone; never the public one.
http_interfaces = { "127.0.0.1" }
http_ports = { 5280 }
https_ports = { }
consider_websocket_secure = true
consider_bosh_secure = true

-- A dropped line may resume within this time; mod_muc_one_seat does not wait for it.
smacks_max_unacked_stanzas = 5
smacks_hibernation_time = 60
smacks_max_old_sessions = 1

unlimited_jids = { "focus@auth.meet.example.vn", "jvb@auth.meet.example.vn" }

VirtualHost "meet.example.vn"
    authentication = "token"
    app_id = "diemcau"
    -- HS256. For RS256 take app_secret out and name the key server of people's tokens, and never the same address for
    -- prosody_password_public_key_repo_url, or every participant could end every meeting:
    --   asap_key_server = "https://diemcau.example.vn/jitsi/keys/login"
    --   prosody_password_public_key_repo_url = "https://diemcau.example.vn/jitsi/keys/system"
    app_secret = "@APP_SECRET@"
    asap_accepted_issuers = { "diemcau" }
    asap_accepted_audiences = { "diemcau" }
    allow_empty_token = false
    enable_domain_verification = true
    ssl = {
        key = "/etc/prosody/certs/meet.example.vn.key";
        certificate = "/etc/prosody/certs/meet.example.vn.crt";
    }
    -- muc_end_meeting is not here: with HS256 any participant's token would end any meeting. muc_breakout_rooms neither:
    -- no cap holds in a room aside.
    modules_enabled = {
        "bosh";
        "websocket";
        "smacks";
        "ping";
        "features_identity";
        "conference_duration";
        "presence_identity";
        "reservations";
        "jibri_session";
        "filter_iq_jibri";
        "muc_size";
        "muc_census";
    }
    main_muc = "conference.meet.example.vn"
    focus_component = "focus.meet.example.vn"

    reservations_api_prefix = "https://diemcau.example.vn/jitsi"
    reservations_api_headers = { ["Authorization"] = "Bearer @HOOK_SECRET@" }
    reservations_api_timeout = 20
    reservations_api_retry_count = 3
    reservations_api_retry_delay = 3
    reservations_enable_max_occupants = true -- [3]
    reservations_enable_lobby_support = false
    reservations_enable_password_support = false

Component "conference.meet.example.vn" "muc"
    storage = "memory"
    restrict_room_creation = true -- only focus makes rooms
    -- Ours ends rooms and removes surplus; it never joins one.
    admins = { "focus@auth.meet.example.vn", "diemcau@auth.meet.example.vn" }
    component_admins_as_room_owners = true
    modules_enabled = {
        "muc_hide_all";
        "muc_meeting_id";
        "muc_domain_mapper";
        "token_verification";
        "token_affiliation";
        "muc_resource_validate";
        "muc_one_seat";
        "muc_max_occupants"; -- [1]
        "muc_rate_limit";
        "muc_password_whitelist";
        "muc_cleanup_backend_services";
    }
    muc_max_occupants = 500 -- [2] more than any room holds; the number of each room comes from its reservation
    muc_access_whitelist = { "focus@auth.meet.example.vn", "recorder.meet.example.vn", "diemcau@auth.meet.example.vn" }
    token_verification_allowlist = { "recorder.meet.example.vn" }
    muc_password_whitelist = { "focus@auth.meet.example.vn" }
    -- 63 endpoints at the hour: three a second would take 21 seconds.
    muc_rate_joins = 10

    muc_one_seat_policy = "replace" -- or "refuse": a second browser of an endpoint that is in is refused
    muc_one_seat_without_id = "refuse" -- whoever has no token of ours

    muc_room_locking = false
    muc_room_default_public_jids = true
    muc_room_cache_size = 1000
    muc_tombstones = false
    muc_room_allow_persistent = false

Component "internal.auth.meet.example.vn" "muc"
    storage = "memory"
    modules_enabled = { "ping" }
    admins = { "focus@auth.meet.example.vn", "jvb@auth.meet.example.vn" }
    muc_room_locking = false
    muc_room_default_public_jids = true

VirtualHost "auth.meet.example.vn"
    authentication = "internal_hashed"
    modules_enabled = { "limits_exception", "smacks", "jibri_session" }
    smacks_hibernation_time = 15
    ssl = {
        key = "/etc/prosody/certs/auth.meet.example.vn.key";
        certificate = "/etc/prosody/certs/auth.meet.example.vn.crt";
    }

VirtualHost "recorder.meet.example.vn"
    authentication = "internal_hashed"
    modules_enabled = { "ping", "smacks" }

Component "focus.meet.example.vn" "client_proxy"
    target_address = "focus@auth.meet.example.vn"

Component "conferenceduration.meet.example.vn" "conference_duration_component"
    muc_component = "conference.meet.example.vn"

Component "endconference.meet.example.vn" "end_conference"
    muc_component = "conference.meet.example.vn"

Component "avmoderation.meet.example.vn" "av_moderation_component"
    muc_component = "conference.meet.example.vn"

-- What happens in the rooms, told to us (jitsi-contrib/prosody-plugins, event_sync).
Component "esync.meet.example.vn" "event_sync_component"
    muc_component = "conference.meet.example.vn"
    breakout_component = "breakout.meet.example.vn"
    api_prefix = "https://diemcau.example.vn/jitsi"
    api_headers = { ["Authorization"] = "Bearer @EVENTS_SECRET@" }
    api_timeout = 20
    api_retry_count = 5
    api_retry_delay = 2
