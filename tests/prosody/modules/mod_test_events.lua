-- FOR TESTS ONLY. Writes what event_sync would report (CONTRACTS §7) as lines of a file: event, room, real JID,
-- endpoint. It hooks where event_sync hooks (priority -2), and like it reads the endpoint from the session on joining.

local jid = require "util.jid";

local path = module:get_option_string("test_events_path");

local function write(event, name)
	local node = jid.node(event.occupant.jid);
	if node == "focus" then return; end
	local user = event.origin and event.origin.jitsi_meet_context_user or {};
	local file = assert(io.open(path, "a"));
	file:write(table.concat({ name, jid.node(event.room.jid), event.occupant.jid, user.id ~= "" and user.id or "-" }, " "), "\n");
	file:close();
end

module:hook("muc-occupant-joined", function (event) write(event, "joined"); end, -2);
module:hook("muc-occupant-left", function (event) write(event, "left"); end, -2);
module:hook("muc-room-destroyed", function (event)
	local file = assert(io.open(path, "a"));
	file:write("destroyed ", jid.node(event.room.jid), " - -\n");
	file:close();
end, -2);
