-- FOR TESTS ONLY. Stands for Jicofo behind Jitsi's client_proxy (CONTRACTS §2): a client asks for its conference, the
-- room is made by focus, and only then may the client enter. Load it as a component of its own: focus.DOMAIN.

local jid = require "util.jid";
local st = require "util.stanza";

local account = module:get_option_string("target_address") or jid.join("focus", module.host);
local me = account .. "/focus";
local my_host = jid.host(account);

module:hook("iq-set/host/http://jitsi.org/protocol/focus:conference", function (event)
	local room = event.stanza.tags[1].attr.room;
	prosody.core_post_stanza(prosody.hosts[my_host], st.presence({ from = me, to = room .. "/focus" })
		:tag("x", { xmlns = "http://jabber.org/protocol/muc" }):up());
	event.origin.send(st.reply(event.stanza)
		:tag("conference", { xmlns = "http://jitsi.org/protocol/focus", ready = "true", focusjid = jid.bare(me) }));
	return true;
end);

-- Focus takes no notice of what the room tells it; an error in return would put it out of the room.
local function swallow(event)
	if jid.bare(event.stanza.attr.to) == account then return true; end
end

local function listen()
	local host = module:context(my_host);
	for _, kind in ipairs { "presence", "message", "iq" } do
		for _, place in ipairs { "full", "bare" } do
			host:hook(kind .. "/" .. place, swallow, 100);
		end
	end
end

if prosody.hosts[my_host] then
	listen();
else
	module:hook_global("host-activated", function (host)
		if host == my_host then listen(); end
	end);
end
