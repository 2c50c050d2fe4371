-- FOR TESTS ONLY. Stands for Jitsi's token authentication, which Debian does not carry; written from CONTRACTS §1.
--
-- In: the token in the query of the WebSocket's address (HS256, `app_secret`). Out: a session that says whose it is
-- (`jitsi_meet_context_user`, `jitsi_meet_room`), or a SASL failure `not-allowed` with the reason. Accounts of hosts
-- without this module (recorder, administrators) are not concerned.

local jwt = require "util.jwt";
local http = require "util.http";
local st = require "util.stanza";

local secret = module:get_option_string("app_secret");
local app_id = module:get_option_string("app_id");

local function fault_of(claims)
	local now = os.time();
	if claims.iss ~= app_id then return "invalid 'iss' claim"; end
	if claims.aud ~= app_id then return "invalid 'aud' claim"; end
	if type(claims.exp) == "number" and now >= claims.exp then return "Not acceptable by exp"; end
	if type(claims.nbf) == "number" and now < claims.nbf then return "Not acceptable by nbf"; end
	if type(claims.room) ~= "string" then return "'room' claim is missing"; end
	return nil;
end

-- The WebSocket is served on one host and carries streams to all of them; the event belongs to no host.
module:hook_global("websocket-session", function (event)
	local session = event.session;
	local query = http.formdecode((event.request.url.query or ""):gsub("^%?", ""));
	local token = type(query) == "table" and query.token;
	if not token then
		session.test_token_fault = "token required";
		return;
	end
	local ok, claims = jwt.verify(secret, token);
	if not ok then
		session.test_token_fault = "Invalid signature";
		return;
	end
	session.test_token_fault = fault_of(claims);
	if not session.test_token_fault then
		session.jitsi_meet_room = claims.room;
		session.jitsi_meet_context_user = claims.context and claims.context.user;
	end
end);

module:hook("stanza/urn:ietf:params:xml:ns:xmpp-sasl:auth", function (event)
	local session = event.origin;
	local fault = session.test_token_fault or (session.websocket_request == nil and "token required");
	if session.type == "c2s_unauthed" and fault then
		session.send(st.stanza("failure", { xmlns = "urn:ietf:params:xml:ns:xmpp-sasl" })
			:tag("not-allowed"):up():tag("text"):text(fault));
		return true;
	end
end, 10);

-- Under the name of Jitsi's own provider it also lets people in: SASL ANONYMOUS, as the token has said who they are.
if module.name == "auth_token" then
	local new_sasl = require "util.sasl".new;
	module:provides("auth", {
		get_sasl_handler = function ()
			return new_sasl(module.host, { anonymous = function () return true; end });
		end;
		user_exists = function () return false; end;
	});
end
