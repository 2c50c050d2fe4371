-- For docker-jitsi-meet: ~/.jitsi-meet-cfg/prosody/config/conf.d/docker-esync.cfg.lua; see docker.env.
Component "esync.meet.jitsi" "event_sync_component"
    muc_component = "muc.meet.jitsi"
    breakout_component = "breakout.meet.jitsi"
    muc_mapper_domain_base = "meet.jitsi"
    api_prefix = "https://diemcau.example.vn/jitsi"
    api_headers = { ["Authorization"] = "Bearer @EVENTS_SECRET@" }
    api_timeout = 20
    api_retry_count = 5
    api_retry_delay = 2
