-- One endpoint, one seat.
--
-- In: presences that ask for a seat in a room of this MUC component. Out: at most one occupant for each endpoint.
--
-- An endpoint is known by `session.jitsi_meet_context_user.id`, which Jitsi's token authentication takes from the
-- verified token. When it comes while an occupant of the same endpoint is still in that room (its line was cut and
-- the old session waits for resumption, or a second browser uses the same link), then
--
--   muc_one_seat_policy = "replace" (default)  the old occupant leaves the room, the new one takes the seat;
--   muc_one_seat_policy = "refuse"             a living old occupant keeps its seat and the new one is told so,
--                                              a dead one leaves the room all the same. Whether it lives is asked
--                                              (XEP-0198 <r/>): a pulled cable looks like a line that is there.
--
-- The decision falls before the cap is counted and after everything that may refuse the presence out of hand, so that
-- a cut line gets back into a full room at once, and a presence that was never valid costs nobody a seat:
--
--   token_verification 99 > muc_resource_validate 11 > this module 10.5 > muc_max_occupants 10 > muc_rate_limit 9
--
-- Load it on the conference component, below the VirtualHost with `authentication = "token"`:
--
--   Component "conference.meet.example.vn" "muc"
--       modules_enabled = { …; "muc_one_seat"; "muc_max_occupants" }
--
-- Further options (all on the component):
--   muc_access_whitelist          shared with muc_max_occupants: bare JIDs and domains that take no seat
--   muc_one_seat_whitelist        more of them, for this module alone
--   muc_one_seat_without_id       "ignore" (default): a session without an endpoint is none of our business;
--                                 "refuse": it may not enter
--   muc_one_seat_patience         seconds an old occupant has to show that it lives (2)
--   muc_one_seat_replaced_text    what the old occupant is told
--   muc_one_seat_refused_text     what the new one is told
--   muc_one_seat_nobody_text      what a session without an endpoint is told
--
-- Prosody 0.12 and 13.

local jid_bare = require "util.jid".bare;
local jid_host = require "util.jid".host;
local st = require "util.stanza";
local filters = require "util.filters";
local destroy_session = require "core.sessionmanager".destroy_session;

local full_sessions = prosody.full_sessions;

--- An option that must be one of a few words; anything else is named in the log and the first one is used.
local function get_choice(name, first, second)
	local value = module:get_option_string(name, first);
	if value ~= first and value ~= second then
		module:log("error", "%s must be %q or %q, not %q; using %q", name, first, second, value, first);
		return first;
	end
	return value;
end

local policy = get_choice("muc_one_seat_policy", "replace", "refuse");
local without_id = get_choice("muc_one_seat_without_id", "ignore", "refuse");
local patience = module:get_option_number("muc_one_seat_patience", 2);
local replaced_text = module:get_option_string("muc_one_seat_replaced_text",
	"Điểm cầu này vừa vào phòng họp bằng một kết nối khác.");
local refused_text = module:get_option_string("muc_one_seat_refused_text",
	"Điểm cầu này đang có mặt trong phòng họp. Hãy đóng cửa sổ họp đang mở rồi vào lại.");
local nobody_text = module:get_option_string("muc_one_seat_nobody_text",
	"Hãy vào họp bằng đường dẫn riêng trong giấy mời.");

local exempt = module:get_option_set("muc_access_whitelist", {})
	+ module:get_option_set("muc_one_seat_whitelist", {})
	+ module:get_option_inherited_set("admins", {});

--- Whether this account takes no seat: focus, recorder, administrators.
local function is_exempt(jid)
	return exempt:contains(jid_bare(jid)) or exempt:contains(jid_host(jid));
end

--- Identity of the endpoint whose token opened this session; nil where there was none.
local function endpoint_of(session)
	local user = session and session.jitsi_meet_context_user;
	local id = type(user) == "table" and user.id or nil;
	if type(id) == "number" then
		id = tostring(id);
	end
	if type(id) == "string" and id ~= "" then
		return id;
	end
	return nil;
end

-- room → real full JID → endpoint. A session that was destroyed no longer says whose it was while its occupant may
-- still stand in the room. Weak, so that a room that is gone is forgotten with it.
local holders = setmetatable({}, { __mode = "k" });

local function holder_of(room, occupant)
	local known = holders[room] or {};
	for full_jid in occupant:each_session() do
		local id = endpoint_of(full_sessions[full_jid]) or known[full_jid];
		if id then
			return id;
		end
	end
	return nil;
end

--- Occupants of this room that came with this endpoint's token.
local function seats_of(room, id)
	local found = {};
	for _, occupant in room:each_occupant() do
		if not is_exempt(occupant.bare_jid) and holder_of(room, occupant) == id then
			found[#found + 1] = occupant;
		end
	end
	return found;
end

--- A session with a line; one that hibernates (XEP-0198) or is no more has none.
local function is_alive(session)
	return session ~= nil and not session.destroyed and not session.hibernating and session.conn ~= nil;
end

--- Sessions of these occupants that seem to live.
local function living_sessions(occupants)
	local found = {};
	for _, occupant in ipairs(occupants) do
		for full_jid in occupant:each_session() do
			if is_alive(full_sessions[full_jid]) then
				found[#found + 1] = full_sessions[full_jid];
			end
		end
	end
	return found;
end

--- Ask sessions whether anybody is at the other end; `answer(true)` with the first sign of life, `answer(false)` after
--- the patience is over. Anything that comes in is such a sign.
local function ask_whether_alive(sessions, answer)
	local listeners, is_done = {}, false;
	local function finish(lives)
		if is_done then return; end
		is_done = true;
		for session, listener in pairs(listeners) do
			if session.filters then
				filters.remove_filter(session, "bytes/in", listener);
			end
		end
		answer(lives);
	end
	for _, session in ipairs(sessions) do
		if not session.smacks then
			answer(true); -- cannot be asked
			return;
		end
	end
	for _, session in ipairs(sessions) do
		listeners[session] = function (data)
			if data then
				-- Not in the middle of that session's own work.
				module:add_timer(0, function () finish(true); end);
			end
			return data;
		end;
		filters.add_filter(session, "bytes/in", listeners[session], 1000);
		session.send(st.stanza("r", { xmlns = session.smacks }));
	end
	module:add_timer(patience, function () finish(false); end);
end

--- End a session that waits for resumption, so that it neither comes back nor expires a second time.
local function end_session(session)
	-- Revokes the token of resumption and stops the timer. A websocket session without a line is left at that
	-- (mod_websocket of 0.12), so the rest is done here.
	session:close({ condition = "conflict", text = replaced_text });
	if not session.destroyed then
		destroy_session(session, replaced_text);
	end
end

--- Take an occupant out of the room; whoever listens (event_sync, speaker statistics) sees it leave.
local function release(room, occupant)
	-- A living old browser is shown out of the room and keeps its stream: cut off, it would reload by itself and the
	-- two would throw each other out for ever.
	local done, _, condition = room:set_role(true, occupant.nick, nil, replaced_text);
	if not done then
		module:log("error", "Seat %s could not be taken back: %s", occupant.nick, condition);
		return;
	end
	for full_jid in occupant:each_session() do
		local session = full_sessions[full_jid];
		if session and not is_alive(session) then
			end_session(session);
		end
	end
end

--- Release them all without losing the room: mod_muc destroys a room the moment its last occupant leaves, and the one
--- who is about to enter would be left in a room that nobody finds.
local function release_all(room, occupants)
	local was_persistent = room._data.persistent;
	room._data.persistent = true;
	local done, fault = pcall(function ()
		for _, occupant in ipairs(occupants) do
			release(room, occupant);
		end
	end);
	room._data.persistent = was_persistent;
	if not done then
		error(fault, 0);
	end
end

local function refuse(event, text)
	-- `not-allowed` with a text: lib-jitsi-meet shows it as conference.connectionError.notAllowed.
	event.origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", text, event.room.jid));
	return true;
end

--- Whether MUC itself will refuse this presence further down; then the old occupant must not pay for it.
local function is_hopeless(event, mine)
	if event.room:get_affiliation(event.stanza.attr.from) == "outcast" then
		return true;
	end
	local wanted = event.occupant;
	if event.is_first_session or wanted == nil or wanted.bare_jid == jid_bare(event.stanza.attr.from) then
		return false;
	end
	for _, occupant in ipairs(mine) do
		if occupant.nick == wanted.nick then
			return false;
		end
	end
	return true; -- somebody else has that name
end

--- The new one waits until the old one has answered, or has not: then it is refused, or its presence is taken again.
local function decide_later(event, id, mine, sessions)
	local room, origin, stanza = event.room, event.origin, event.stanza;
	local asked = {};
	for _, occupant in ipairs(mine) do
		asked[occupant.jid] = true;
	end
	ask_whether_alive(sessions, function (lives)
		if room.destroying or origin.destroyed or room:get_occupant_jid(stanza.attr.from) then
			return; -- nobody waits any more
		end
		if lives then
			module:log("info", "Endpoint %s is in %s already, %s refused", id, room.jid, stanza.attr.from);
			refuse(event, refused_text);
			return;
		end
		-- Only those that were asked: a third browser may have taken the seat meanwhile.
		local silent = {};
		for _, occupant in ipairs(seats_of(room, id)) do
			if asked[occupant.jid] then
				silent[#silent + 1] = occupant;
			end
		end
		module:log("info", "Endpoint %s in %s does not answer, %d released", id, room.jid, #silent);
		release_all(room, silent);
		room:handle_normal_presence(origin, stanza);
	end);
	return true;
end

module:hook("muc-occupant-pre-join", function (event)
	local room, origin, stanza = event.room, event.origin, event.stanza;
	if is_exempt(stanza.attr.from) then
		return nil;
	end
	local id = endpoint_of(origin);
	if id == nil then
		return without_id == "refuse" and refuse(event, nobody_text) or nil;
	end
	local mine = seats_of(room, id);
	if #mine == 0 or is_hopeless(event, mine) then
		return nil;
	end
	local living = policy == "refuse" and living_sessions(mine) or {};
	if #living > 0 then
		return decide_later(event, id, mine, living);
	end
	local takes_same_name = false;
	for _, occupant in ipairs(mine) do
		takes_same_name = takes_same_name or (event.occupant ~= nil and occupant.nick == event.occupant.nick);
	end
	module:log("info", "Seat of endpoint %s in %s passes to %s (%d released)", id, room.jid, stanza.attr.from, #mine);
	release_all(room, mine);
	if takes_same_name and room:get_occupant_by_nick(event.occupant.nick) == nil then
		-- MUC had looked the old occupant up before it asked us and would add the new line to it: ask again.
		room:handle_normal_presence(origin, stanza);
		return true;
	end
	return nil;
end, 10.5);

module:hook("muc-occupant-session-new", function (event)
	local id = endpoint_of(event.origin);
	if id and event.jid and not is_exempt(event.jid) then
		local known = holders[event.room] or {};
		known[event.jid] = id;
		holders[event.room] = known;
	end
end);

module:hook("muc-occupant-left", function (event)
	local known = holders[event.room];
	if known and event.occupant then
		for full_jid in event.occupant:each_session() do
			known[full_jid] = nil;
		end
	end
end);
