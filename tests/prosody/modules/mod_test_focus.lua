-- FOR TESTS ONLY. Stands for Jicofo behind Jitsi's client_proxy (CONTRACTS §2): a client asks for its conference, the
-- room is made by focus, and only then may the client enter. Load it as a component of its own: focus.DOMAIN.

local jid = require "util.jid";
local st = require "util.stanza";

local me = jid.join("focus", module.host, "focus");

module:hook("iq-set/host/http://jitsi.org/protocol/focus:conference", function (event)
	local room = event.stanza.tags[1].attr.room;
	prosody.core_post_stanza(prosody.hosts[module.host], st.presence({ from = me, to = room .. "/focus" })
		:tag("x", { xmlns = "http://jabber.org/protocol/muc" }):up(), true);
	event.origin.send(st.reply(event.stanza)
		:tag("conference", { xmlns = "http://jitsi.org/protocol/focus", ready = "true", focusjid = jid.bare(me) }));
	return true;
end);

-- Focus takes no notice of what the room tells it; an error in return would put it out of the room.
for _, kind in ipairs { "presence", "message", "iq" } do
	for _, place in ipairs { "full", "bare" } do
		module:hook(kind .. "/" .. place, function () return true; end, 1);
	end
end
