import { createHash } from "node:crypto";
import type * as z from "zod";
import type { Area, Endpoint, Stream } from "../../../contract/define.ts";
import { COMMON_ERRORS, inputParts, schemaOf, type Field } from "../openapi.ts";
import { introduction } from "./introduction.ts";
import { escapeHtml } from "./escape-html.ts";
import { schemaRows, type SchemaRow } from "./schema-rows.ts";
import { style } from "./style.ts";

export interface ReferencePage {
  readonly html: string;
  /** Lets the page have its own style and nothing else: no script, no image, no connection. */
  readonly contentSecurityPolicy: string;
}

/** The API as a page to read, made from the contracts. Nothing on it comes from a caller. */
export function referencePage(areas: Readonly<Record<string, Area>>, version: string): ReferencePage {
  const list = Object.values(areas);
  const styleHash = createHash("sha256").update(style).digest("base64");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gatehouse API</title>
<style>${style}</style>
</head>
<body>
<nav aria-label="Contents">
<strong>Gatehouse API</strong><small>${escapeHtml(version)} · <a href="/gatehouse/v1/openapi.json">OpenAPI 3.1</a></small>
${list.map(navigation).join("\n")}
<h2><a href="#errors">errors</a></h2>
</nav>
<main>
${introduction}
${list.map(section).join("\n")}
${errorSection(list)}
</main>
</body>
</html>
`;
  return {
    html,
    contentSecurityPolicy: `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

function navigation(area: Area): string {
  const items = [...Object.keys(area.endpoints), ...Object.keys(area.streams ?? {})].map(
    (name) => `<li><a href="#${area.name}.${name}">${name}</a></li>`,
  );
  return `<h2><a href="#${area.name}">${area.name}</a></h2><ul>${items.join("")}</ul>`;
}

function section(area: Area): string {
  const endpoints = Object.entries(area.endpoints).map(([name, endpoint]) => article(area, name, endpoint));
  const streams = Object.entries(area.streams ?? {}).map(([name, stream]) =>
    streamArticle(area, name, stream),
  );
  const events = Object.entries(area.events).map(([name, payload]) =>
    eventDetails(`${area.name}.${name}`, payload),
  );
  const eventList = events.length === 0 ? "" : `<article><h3>Events</h3>${events.join("\n")}</article>`;
  return `<section id="${area.name}"><h2>${area.name}</h2>${[...endpoints, ...streams].join("\n")}${eventList}</section>`;
}

function article(area: Area, name: string, endpoint: Endpoint): string {
  const { path, query, body } = inputParts(endpoint);
  const bodyTable = body === null ? "" : table("Body", schemaRows(body));
  const answer = schemaOf(endpoint.output, "output");
  const status = endpoint.status === undefined ? "" : `, status ${endpoint.status}`;
  return `<article id="${area.name}.${name}">
<div class="call"><span class="method ${endpoint.method}">${endpoint.method}</span><span class="path">/gatehouse/v1${escapeHtml(endpoint.path)}</span><code class="name">${area.name}.${name}</code></div>
<p>${escapeHtml(endpoint.summary)} Needs <code>${endpoint.scope}</code>.</p>
${table("Path", fieldRows(path))}${table("Query", fieldRows(query))}${bodyTable}
<details><summary>Answer${status}</summary>${table("", schemaRows(answer)) || "<p>An empty object.</p>"}</details>
</article>`;
}

function streamArticle(area: Area, name: string, stream: Stream): string {
  const { path, query } = inputParts({ ...stream, method: "GET" });
  return `<article id="${area.name}.${name}">
<div class="call"><span class="method GET">GET</span><span class="path">/gatehouse/v1${escapeHtml(stream.path)}</span><code class="name">${area.name}.${name}</code></div>
<p>${escapeHtml(stream.summary)} Server-Sent Events; needs <code>${stream.scope}</code>.</p>
${table("Path", fieldRows(path))}${table("Query", fieldRows(query))}
<details><summary>Frame</summary>${table("", schemaRows(schemaOf(stream.frame, "output")))}</details>
</article>`;
}

function eventDetails(type: string, payload: z.ZodType): string {
  return `<details><summary><code>${type}</code></summary>${table("", schemaRows(schemaOf(payload, "output")))}</details>`;
}

function fieldRows(fields: readonly Field[]): SchemaRow[] {
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return schemaRows({
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required,
  });
}

function table(title: string, rows: readonly SchemaRow[]): string {
  if (rows.length === 0) return "";
  const heading = title === "" ? "" : `<h4>${title}</h4>`;
  const lines = rows.map(({ name, type, notes, isRequired, depth }) => {
    const shownName = `<code class="d${depth}${isRequired ? "" : " optional"}">${escapeHtml(name)}${isRequired ? "" : "?"}</code>`;
    if (type === "") return `<tr class="branch"><td colspan="3">${shownName}</td></tr>`;
    return `<tr><td>${shownName}</td><td>${escapeHtml(type)}</td><td>${escapeHtml(notes)}</td></tr>`;
  });
  return `${heading}<table><thead><tr><th scope="col">Field</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead><tbody>${lines.join("")}</tbody></table>`;
}

function errorSection(areas: readonly Area[]): string {
  const own = areas.flatMap((area) =>
    Object.entries(area.errors).map(([reason, status]) => [`${area.name}.${reason}`, status] as const),
  );
  const lines = [...Object.entries(COMMON_ERRORS), ...own].map(
    ([code, status]) => `<tr><td><code>${code}</code></td><td>${status}</td></tr>`,
  );
  return `<section id="errors"><h2>errors</h2>
<p>Every refusal is <code>{"error":{"code","message","data"?}}</code>. The code is part of the interface; the message is for people and may change.</p>
<table><thead><tr><th scope="col">Code</th><th scope="col">Status</th></tr></thead><tbody>${lines.join("")}</tbody></table>
</section>`;
}
