import { expectClearRefusal, expectNothingHappened, STARTS } from "../../fixtures/refusals.ts";
import { expect, test } from "../../fixtures/test.ts";

const NATIVE = "/gatehouse/v1";

test.describe("hostile addresses", () => {
  test("a foreign Host or Origin is refused everywhere, with and without token", async ({ daemon }) => {
    const own = `127.0.0.1:${daemon.port}`;
    const paths = [
      "/v1/health",
      "/v1/status",
      "/v1/nope",
      `${NATIVE}/health`,
      `${NATIVE}/runs`,
      `${NATIVE}/events`,
      "/gatehouse/docs",
    ];
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { host: `evil.example:${daemon.port}` },
      { host: `127.0.0.1.evil.example:${daemon.port}` },
      { host: "127.0.0.1" },
      { host: `127.0.0.1:${daemon.port + 1}` },
      { host: `user@${own}` },
      { host: `${own}.` },
      { host: own, origin: "http://evil.example" },
      { host: own, origin: "null" },
      { host: own, origin: `https://${own}` },
      { host: own, origin: `http://127.0.0.1:${daemon.port + 1}` },
      { host: own, origin: "file://" },
      { host: own, "sec-fetch-site": "cross-site" },
    ];
    for (const path of paths) {
      for (const headers of foreign) {
        const answer = await daemon.api.get(path, { headers });
        expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
        expectClearRefusal(answer, path);
      }
    }
    for (const headers of foreign) {
      for (const { path, body } of STARTS) {
        expect((await daemon.api.post(path, { ...body, text: "x" }, { headers })).status).toBe(403);
      }
    }
    for (const lines of [
      "Host: ",
      `Host: evil.example\r\nHost: ${own}`,
      `Host: ${own}\r\nHost: evil.example`,
      "X-Host: x",
    ]) {
      const answer = await daemon.api.raw(
        `GET /v1/status HTTP/1.1\r\n${lines}\r\nAuthorization: Bearer ${daemon.token}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, lines).toMatch(/^HTTP\/1\.1 40[03] /);
    }
    await expectNothingHappened(daemon.api);
  });

  test("the names under which this machine is meant work", async ({ daemon }) => {
    for (const host of [
      `127.0.0.1:${daemon.port}`,
      `localhost:${daemon.port}`,
      `LOCALHOST:${daemon.port}`,
      `[::1]:${daemon.port}`,
    ]) {
      expect((await daemon.api.get("/v1/status", { headers: { host } })).status, host).toBe(200);
      const origin = `http://${host}`;
      expect((await daemon.api.get("/v1/status", { headers: { host, origin } })).status, origin).toBe(200);
    }
  });

  test("paths that climb, are encoded twice or are not of this server", async ({ daemon }) => {
    const unknown = [
      "/v1/../gatehouse/v1/health",
      "/v1/%2e%2e/status",
      "/v1/sessions/..%2f..%2fetc/x",
      "/v1\\status",
      "//v1/status",
      "/V1/status",
      "/gatehouse/v1/../../v1/status",
      "/gatehouse/v2/status",
      "/",
      "/favicon.ico",
      "/gatehouse",
      "/gatehouse/docs/../../../etc/passwd",
      "/gatehouse/v1/%00",
      "*",
    ];
    for (const path of unknown) {
      const answer = await daemon.api.get(path);
      expect([400, 404], `${path}: ${answer.status} ${answer.text}`).toContain(answer.status);
      expect(answer.text).not.toContain("root:");
    }
    const long = await daemon.api.post(`/v1/sessions/${"s".repeat(1025)}/runs`, { text: "x" });
    expectClearRefusal(long, "a session id of 1025 characters");
    const longer = await daemon.api.raw(
      `GET /v1/sessions/${"s".repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\n\r\n`,
    );
    expect(longer).toMatch(/^HTTP\/1\.1 4\d\d /);
    await expectNothingHappened(daemon.api);
  });

  test("what is no HTTP is told so and hung up on", async ({ daemon }) => {
    for (const bytes of [
      "\u0000\u0001\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "HELLO\r\n\r\n",
      "GET /v1/health HTTP/1.1\r\n\r\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001",
    ]) {
      expect(await daemon.api.raw(bytes), JSON.stringify(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    const smuggled = await daemon.api.raw(
      `POST /v1/sessions/s/runs HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\n\r\n`,
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    await expectNothingHappened(daemon.api);
  });
});
