import type { Api } from "../../fixtures/api.ts";
import { expectNothingHappened } from "../../fixtures/refusals.ts";
import { expect, test } from "../../fixtures/test.ts";

const METHODS = ["TRACE", "CONNECT", "PROPFIND", "LINK", "SEARCH", "M-SEARCH"];

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly json: { readonly error: { readonly code: string; readonly message: string } };
}

/** One request as it is written, on a connection of its own. */
async function ask(
  api: Api,
  line: string,
  headers: Readonly<Record<string, string>>,
  body = "",
): Promise<RawAnswer> {
  const lines = Object.entries({ host: `127.0.0.1:${api.port}`, connection: "close", ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const text = await api.raw(`${line} HTTP/1.1\r\n${head}\r\n${body}`);
  const [top = "", ...rest] = text.split("\r\n\r\n");
  const chunked = /transfer-encoding: chunked/i.test(top);
  const sent = chunked ? (rest.join("").split("\r\n")[1] ?? "") : rest.join("\r\n\r\n");
  return { status: Number(top.slice(9, 12)), head: top, json: JSON.parse(sent) as RawAnswer["json"] };
}

test.describe("requests that are HTTP, but not as one knows it", () => {
  test("methods nobody has are refused like all others, after the same checks", async ({ daemon }) => {
    const { api } = daemon;
    const authorization = `Bearer ${daemon.token}`;
    for (const method of METHODS) {
      const codeOf = async (path: string, headers: Record<string, string> = { authorization }) => {
        const { status, json } = await ask(api, `${method} ${path}`, headers);
        return `${status} ${json.error.code}`;
      };
      expect(await codeOf("/v1/status", { host: "evil.example" }), method).toBe("403 forbidden");
      expect(await codeOf("/v1/status", { origin: "http://evil.example" }), method).toBe("403 forbidden");
      expect(await codeOf("/nope", { host: "evil.example" }), method).toBe("403 forbidden");
      expect(await codeOf("/gatehouse/v1/runs", { host: "evil.example" }), method).toBe(
        "403 request.foreign",
      );
      expect(await codeOf("/v1/status", {}), method).toBe("401 unauthorized");
      expect(await codeOf("/v1/nope", {}), method).toBe("401 unauthorized");
      expect(await codeOf("/v1/status"), method).toBe("405 method_not_allowed");
      expect(await codeOf("/v1/runs/run_x/events?after=1"), method).toBe("405 method_not_allowed");
      expect(await codeOf("/v1/runs//events"), method).toBe("404 not_found");
      expect(await codeOf("/v1/health", {}), method).toBe("405 method_not_allowed");
      expect(await codeOf("/v1/nope"), method).toBe("404 not_found");
      expect(await codeOf("/nope"), method).toBe("404 not_found");
      expect(await codeOf("/gatehouse/v1/health", {}), method).toBe("405 request.method_not_allowed");
    }
    expect((await ask(api, "CONNECT evil.example:80", {})).status).toBe(404);
    await expectNothingHappened(api);
  });

  test("every place below and beside /v1 refuses in the envelope of its clients", async ({ daemon }) => {
    const authorization = `Bearer ${daemon.token}`;
    for (const [path, expected] of [
      ["/v1", "404 not_found"],
      ["/v1/", "404 not_found"],
      ["/v1/health/", "404 not_found"],
      ["/v1x", "404 not_found"],
      ["/v2/status", "404 not_found"],
      ["/", "404 not_found"],
      ["*", "404 not_found"],
      ["/v1/%zz", "400 invalid_request"],
      ["/v1/runs/%zz/events", "400 invalid_request"],
      ["/%zz", "400 invalid_request"],
      ["/v1/sessions/✓", "400 invalid_request"],
      ["/v1/runs/run_x", "404 not_found"],
    ] as const) {
      const { status, json } = await ask(daemon.api, `GET ${path}`, { authorization });
      expect(`${status} ${json.error.code}`, path).toBe(expected);
      expect(json, path).toEqual({
        error: { code: json.error.code, message: expect.stringMatching(/\w/) as unknown, retryable: false },
      });
    }
  });

  test("what is expected of us, and a type that is none, is answered in our words", async ({ daemon }) => {
    const authorization = `Bearer ${daemon.token}`;
    const odd = await ask(daemon.api, "POST /v1/recall", {
      authorization,
      expect: "200-ok",
      "content-length": "0",
    });
    expect(odd).toMatchObject({ status: 417, json: { error: { code: "invalid_request" } } });
    const typed = await ask(
      daemon.owner,
      "POST /gatehouse/v1/runs",
      { authorization: `Bearer ${daemon.owner.token}`, "content-type": ";;", "content-length": "2" },
      "{}",
    );
    expect(typed.json.error).toEqual({ code: "request.invalid", message: "The content type can't be read." });
    const body = `{"text":"expected"}`;
    const length = String(Buffer.byteLength(body));
    const patient = await daemon.api.raw(
      `POST /v1/sessions/s/runs HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: ${authorization}\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
    );
    expect(patient).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/);
  });

  test("nobody is asked to go on with a body that is refused, and none is read", async ({ daemon }) => {
    const host = `127.0.0.1:${daemon.port}`;
    const waiting = await daemon.api.raw(
      `POST /v1/sessions/s/runs HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n`,
    );
    expect(waiting).toMatch(/^HTTP\/1\.1 401 /);
    for (const [path, status] of [
      ["/v1/sessions/s/runs", 401],
      ["/gatehouse/v1/runs", 401],
      ["/nope", 404],
    ] as const) {
      const before = Date.now();
      // Announces a body that never comes whole: the answer is there, and so is the end of the connection.
      const answer = await daemon.api.raw(
        `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5000000\r\n\r\n{"text":`,
      );
      expect(answer, path).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer, path).toMatch(/\r\nconnection: close\r\n/i);
      expect(Date.now() - before, path).toBeLessThan(5_000);
    }
    await expectNothingHappened(daemon.api);
  });
});
