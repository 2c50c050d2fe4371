-- FOR TESTS ONLY. Stands for Jitsi's mod_muc_max_occupants, written from CONTRACTS §4: whoever is not on the list of
-- those without a seat is counted at priority 10; the N+1st gets `cancel/service-unavailable` without a text.
--
-- What a reservation would answer as `max_occupants` is read from the name of the room: `cap20-…` holds twenty.

local jid = require "util.jid";
local st = require "util.stanza";

local free = module:get_option_set("muc_access_whitelist", {});
local overall = module:get_option_number("muc_max_occupants", 0);

local function takes_seat(address)
	return not (free:contains(jid.host(address)) or free:contains(jid.bare(address)));
end

if overall > 0 then
	module:hook("muc-room-pre-create", function (event)
		event.room._data.max_occupants = tonumber(jid.node(event.room.jid):match("^cap(%d+)%-"));
	end, -1);

	module:hook("muc-occupant-pre-join", function (event)
		local room, stanza = event.room, event.stanza;
		if not takes_seat(stanza.attr.from) then return; end
		local taken = 0;
		for _, occupant in room:each_occupant() do
			if takes_seat(occupant.bare_jid) then taken = taken + 1; end
		end
		if taken >= (room._data.max_occupants or overall) then
			event.origin.send(st.error_reply(stanza, "cancel", "service-unavailable"));
			return true;
		end
	end, 10);
end
