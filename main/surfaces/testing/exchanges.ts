/**
 * Recorded exchanges of a family of clients, as text that a person can read:
 *
 *     ### What it shows
 *     POST /v1/sessions/s/runs
 *     authorization: Bearer token
 *
 *     {"text":"hello"}
 *     ---
 *     201 application/json
 *
 *     {"run_id":"{{run}}"}
 *
 * `{{run}}` stands for a run's id: the first one seen is meant wherever the name stands again, in requests too. The
 * word before a number says what it is (`{{run2}}` is another run); `{{time}}` and `{{event}}` are never the same twice
 * and match each time anew.
 */
export interface Exchange {
  readonly title: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly answer: { readonly status: number; readonly contentType: string; readonly body: string };
}

const PATTERNS: Readonly<Record<string, string>> = {
  run: "run_[0-9a-f]{32}",
  perm: "perm_[0-9a-f]{32}",
  event: "evt_[0-9a-f]{32}",
  time: "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z",
};
const CHANGING = ["event", "time"];

export function parseExchanges(text: string): Exchange[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [title = "", ...rest] = section.split("\n");
      const [request = "", answer = ""] = rest.join("\n").split(/^---\n/m);
      const asked = headAndBody(request);
      const [method = "", path = ""] = (asked.head[0] ?? "").split(" ");
      const headers = asked.head.slice(1).map((line) => line.split(/: (.*)/, 2) as [string, string]);
      const told = headAndBody(answer);
      const [status = "", contentType = ""] = (told.head[0] ?? "").split(/ (.*)/, 2);
      return {
        title,
        request: { method, path, headers: Object.fromEntries(headers), body: asked.body },
        answer: { status: Number(status), contentType, body: told.body },
      };
    });
}

/** The body is what follows the first empty line, without the line end that the file itself needs. */
function headAndBody(part: string): { head: string[]; body: string } {
  const split = part.indexOf("\n\n");
  const head = (split === -1 ? part : part.slice(0, split)).split("\n").filter((line) => line !== "");
  return { head, body: split === -1 ? "" : part.slice(split + 2).replace(/\n$/, "") };
}

/** What has been seen in place of names, over all exchanges of a file. */
export type Seen = Map<string, string>;

export const filledIn = (text: string, seen: Seen): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => seen.get(name) ?? whole);

/** Puts the names of the recording in place of what was really said, as far as it fits: then both can be compared. */
export function asRecorded(actual: string, recorded: string, seen: Seen): string {
  const names: string[] = [];
  const pattern = recorded
    .split(/\{\{(\w+)\}\}/)
    .map((part, i) => {
      if (i % 2 === 0) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
      const kind = part.replace(/\d+$/, "");
      names.push(part);
      return `(${PATTERNS[kind] ?? `no such kind: ${kind}`})`;
    })
    .join("");
  const match = new RegExp(`^${pattern}$`).exec(actual);
  if (match === null) return actual;
  const isKnown = names.every((name, i) => {
    const found = match[i + 1] ?? "";
    if (CHANGING.includes(name)) return true;
    if (!seen.has(name)) seen.set(name, found);
    return seen.get(name) === found;
  });
  return isKnown ? recorded : actual;
}
