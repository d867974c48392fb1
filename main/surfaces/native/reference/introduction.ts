import { escapeHtml } from "./escape-html.ts";

const FIRST_CALL = `HOME_DIR="\${GATEHOUSE_HOME:-$HOME/.local/share/gatehouse}"
URL=$(jq -r .base_url "$HOME_DIR/daemon.json")
TOKEN=$(jq -r .token "$HOME_DIR/daemon.json")

curl -H "Authorization: Bearer $TOKEN" "$URL/gatehouse/v1/permissions"`;

const DECIDE = `curl -X POST -H "Authorization: Bearer $TOKEN" -H "X-Gatehouse-Client: my-tool" \\
  -d '{"decision":"allow","scope":"session"}' \\
  "$URL/gatehouse/v1/permissions/$ID/decision"`;

const STREAM = `curl -N -H "Authorization: Bearer $TOKEN" "$URL/gatehouse/v1/events"

id: 5f0c2b7e9a1d4c38-42
event: permissions.asked
data: {"type":"permissions.asked","seq":42,"payload":{…}}`;

const block = (text: string) => `<pre>${escapeHtml(text)}</pre>`;

export const introduction = `<h1>Gatehouse API</h1>
<p>Everything the window, the popup and the command line can do, over HTTP on this machine. Bodies and answers are JSON; times are milliseconds since 1970.</p>
<h2 class="plain" id="start">Start</h2>
<p>Address and token are in <code>daemon.json</code> in Gatehouse's folder (<code>~/Library/Application Support/gatehouse</code> on macOS, <code>%LOCALAPPDATA%\\gatehouse</code> on Windows). Send the token with every call; only <code>/health</code>, the OpenAPI document and this page do without.</p>
${block(FIRST_CALL)}
<p>That token is the owner key. Give tools and agents keys of their own instead, with no more rights than they need: Settings, Access in the window, or <code>gatehouse keys create NAME --scopes ask</code>. The record of decisions names the key; what a tool calls itself in <code>X-Gatehouse-Client</code> is only for people to read. A call without the right it needs is refused with 403 and names it.</p>
<p>What would let more through than before waits for the person's yes, and so does the call.</p>
${block(DECIDE)}
<h2 class="plain" id="events">Follow</h2>
<p><code>GET /gatehouse/v1/events</code> is a stream of Server-Sent Events: everything that happens, in order. <code>GET /gatehouse/v1/runs/ID/stream</code> is one too: what happens in a run, from its beginning.</p>
${block(STREAM)}
<p>Every answer carries <code>Gatehouse-Seq</code>, the number of the last event before it. Read once, then apply the events above that number. A stream that has told everything says so with the event <code>end</code>; one that ends without it was cut. Then send the id of the last event as <code>Last-Event-ID</code> or <code>after</code> to go on. Of all that happens, what was missed comes first, then <code>ready</code>. If it is no longer kept, <code>reset</code> comes instead: read everything anew.</p>`;
