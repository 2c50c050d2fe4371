-- FOR TESTS ONLY. Stands for Jitsi's mod_token_verification: a token opens its own room only (CONTRACTS §1, §2).

local jid = require "util.jid";
local st = require "util.stanza";

local allowed = module:get_option_set("token_verification_allowlist", {})
	+ module:get_option_inherited_set("admins", {});

local function verify(event)
	local stanza = event.stanza;
	local from = stanza.attr.from;
	if allowed:contains(jid.host(from)) or allowed:contains(jid.bare(from)) then return; end
	local room = event.origin.jitsi_meet_room;
	if room == "*" or room and room:lower() == jid.node(stanza.attr.to) then return; end
	module:log("info", "token of room %q does not open %q for %s", room, stanza.attr.to, from);
	event.origin.send(st.error_reply(stanza, "cancel", "not-allowed", "Room and token mismatched"));
	return true;
end

module:hook("muc-room-pre-create", verify, 99);
module:hook("muc-occupant-pre-join", verify, 99);
