-- Common part of the test server's configuration; `server.py` fills in the places between @ signs and adds the sites.
run_as_root = true -- on loopback, for the length of a test, in a folder of its own
data_path = "@folder@/data"
pidfile = "@folder@/prosody.pid"
certificates = "@folder@/certs"
plugin_paths = { "@our_modules@", "@test_modules@" }
log = { { levels = { min = "info" }, to = "file", filename = "@folder@/prosody.log" } }
network_backend = "epoll"

interfaces = { "127.0.0.1" }
c2s_ports = { @client_port@ }
c2s_direct_tls_ports = { }
http_ports = { @http_port@ }
http_interfaces = { "127.0.0.1" }
https_ports = { }
http_default_host = "meet.test"
modules_disabled = { "s2s", "offline" }

modules_enabled = { "roster", "saslauth", "tls", "disco", "posix", "ping", "smacks" }
consider_websocket_secure = true
c2s_require_encryption = true
allow_unencrypted_plain_auth = false
smacks_hibernation_time = 60
smacks_max_unacked_stanzas = 5

app_id = "@app_id@"
app_secret = "@app_secret@"
test_events_path = "@folder@/events"

VirtualHost "auth.meet.test"
    authentication = "internal_hashed"

VirtualHost "recorder.meet.test"
    authentication = "internal_hashed"
