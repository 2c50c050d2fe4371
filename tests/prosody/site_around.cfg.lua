-- What Debian's /etc/prosody/prosody.cfg.lua has around a site's own file; `test_site_configuration.py` fills it in.
run_as_root = true
data_path = "@folder@/data"
pidfile = "@folder@/prosody.pid"
certificates = "@folder@/certs"
log = { { levels = { min = "info" }, to = "file", filename = "@folder@/prosody.log" } }
interfaces = { "127.0.0.1" }
c2s_ports = { @client_port@ }
c2s_direct_tls_ports = { }
modules_disabled = { "s2s", "offline" }
modules_enabled = { "roster", "saslauth", "tls", "disco" }

Include "@folder@/site.cfg.lua"
