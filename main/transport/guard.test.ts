import { describe, expect, test } from "vitest";
import { allowedHosts, foreignRequest } from "./guard.ts";

const allowed = allowedHosts("127.0.0.1", 4000);

describe("a host", () => {
  test.each(["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"])("%s is ours", (host) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host } }, allowed)).toBeNull();
  });

  test.each([
    "evil.example:4000",
    "localhost",
    "localhost:4001",
    "127.0.0.1",
    "localhost:4000.evil.example",
    "evil.example@localhost:4000",
    "localhost.:4000",
    "",
  ])("%j is not", (host) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host } }, allowed)).toBe("host not allowed");
  });

  test("is said once", () => {
    const headers = { host: "localhost:4000" };
    const once = ["Accept", "Host", "hOst", "localhost:4000"];
    expect(foreignRequest({ headers, rawHeaders: once }, allowed)).toBeNull();
    const twice = [...once, "host", "evil.example"];
    expect(foreignRequest({ headers, rawHeaders: twice }, allowed)).toBe("host not allowed");
  });

  test("is asked for", () => {
    expect(foreignRequest({ rawHeaders: [], headers: {} }, allowed)).toBe("host not allowed");
  });

  test("may be left without its port on port 80, and may be the address that was asked for", () => {
    expect(
      foreignRequest({ rawHeaders: [], headers: { host: "localhost" } }, allowedHosts("127.0.0.1", 80)),
    ).toBeNull();
    expect(
      foreignRequest({ rawHeaders: [], headers: { host: "gate.lan:4000" } }, allowedHosts("Gate.LAN", 4000)),
    ).toBeNull();
    expect(
      foreignRequest({ rawHeaders: [], headers: { host: "[fe80::1]:4000" } }, allowedHosts("fe80::1", 4000)),
    ).toBeNull();
  });
});

describe("listening on every address", () => {
  const everywhere = allowedHosts("0.0.0.0", 4000, () => ["192.168.1.7", "fd00::7"]);

  test.each(["127.0.0.1:4000", "192.168.1.7:4000", "[fd00::7]:4000"])("%s is ours", (host) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host } }, everywhere)).toBeNull();
  });

  test.each(["0.0.0.0:4000", "192.168.1.8:4000", "rebound.example:4000"])("%s is not", (host) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host } }, everywhere)).toBe("host not allowed");
  });
});

describe("an origin", () => {
  const host = "127.0.0.1:4000";

  test.each(["http://127.0.0.1:4000", "http://localhost:4000", undefined])("%s is ours", (origin) => {
    expect(
      foreignRequest(
        { rawHeaders: [], headers: origin === undefined ? { host } : { host, origin } },
        allowed,
      ),
    ).toBeNull();
  });

  test.each([
    "null",
    "",
    "https://127.0.0.1:4000",
    "http://localhost:4001",
    "http://evil.example",
    "http://localhost:4000.evil.example",
    "file://",
  ])("%j is not", (origin) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host, origin } }, allowed)).toBe("origin not allowed");
  });

  test.each(["cross-site", "same-site"])("a browser that says %s is not", (site) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host, "sec-fetch-site": site } }, allowed)).toBe(
      "origin not allowed",
    );
  });

  test.each(["same-origin", "none"])("a browser that says %s is", (site) => {
    expect(foreignRequest({ rawHeaders: [], headers: { host, "sec-fetch-site": site } }, allowed)).toBeNull();
  });
});
