import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Connection } from "../../../main/areas/diagnostics/contract.ts";
import { glueSnippet, snippets } from "./snippets.ts";

const connection = (metadataPath: string | null, glueMetadataPath: string | null = null): Connection => ({
  baseUrl: "http://127.0.0.1:4820/",
  files: [
    { clients: null, path: metadataPath },
    { clients: "Glue", path: glueMetadataPath },
  ],
  tokenSource: "generated",
});

describe("snippets", () => {
  it("puts the native prefix behind the address", () => {
    expect(snippets(connection("/x/daemon.json"), "linux")[0]?.text).toContain(
      "http://127.0.0.1:4820/gatehouse/v1/status",
    );
  });

  it.runIf(process.platform !== "win32")("reads the token in a real shell, from any path", () => {
    const folder = mkdtempSync(join(tmpdir(), "it's a $(folder) "));
    try {
      const path = join(folder, "daemon.json");
      writeFileSync(path, JSON.stringify({ version: 1, base_url: "x", token: "0123abcd", pid: 1 }, null, 2));
      const first = snippets(connection(path), "linux")[0]?.text.split("\n")[0] ?? "";
      const printed = execFileSync("sh", ["-c", `${first}\nprintf %s "$TOKEN"`], { encoding: "utf8" });
      expect(printed).toBe("0123abcd");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("speaks PowerShell on Windows", () => {
    const text = snippets(connection("C:\\Users\\O'Neil\\daemon.json"), "win32 x64")[0]?.text ?? "";
    expect(text).toContain("Get-Content -Raw 'C:\\Users\\O''Neil\\daemon.json'");
    expect(text).not.toContain("curl");
  });

  it("does without a file", () => {
    expect(snippets(connection(null), "linux")[0]?.text).toContain("TOKEN=…");
  });
});

it("names the file to Glue only where Glue would not find it", () => {
  expect(glueSnippet(connection("/a b/d.json"), "linux")).toContain("--metadata '/a b/d.json'");
  expect(glueSnippet(connection("/a/d.json", "/glue/daemon.json"), "linux")).not.toContain("--metadata");
});
