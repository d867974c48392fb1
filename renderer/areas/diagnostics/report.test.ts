import { expect, it } from "vitest";
import { redact, report } from "./report.ts";
import type { Diagnostics } from "./store.ts";

it.each([
  ["open /home/sam/code/app/a.ts", "open ~/code/app/a.ts"],
  ["C:\\Users\\sam\\gatehouse.db", "~\\gatehouse.db"],
  ["/root/x and /rooted", "~/x and /rooted"],
  ["https://sam:secret@example.org/v1", "https://…@example.org/v1"],
  ["mail sam@example.org now", "mail …@… now"],
  ["key sk-proj-abcdefgh12345678 refused", "key … refused"],
  ["run_0123456789abcdef0123456789abcdef", "run_0123456789abcdef0123456789abcdef"],
  [`token ${"ab01".repeat(16)}`, "token …"],
])("%s", (text, expected) => {
  expect(redact(text)).toBe(expected);
});

it("tells nothing of sessions, clients and homes", () => {
  const diagnostics: Diagnostics = {
    runtime: {
      name: "gatehouse",
      version: "0.1.0",
      startedAt: 0,
      pid: 1,
      node: "24.0.0",
      electron: null,
      platform: "linux x64",
      home: "/home/sam/.local/share/gatehouse",
      databasePath: "/home/sam/.local/share/gatehouse/gatehouse.db",
      databaseBytes: 1024 * 1024,
      settingsPath: "/home/sam/.local/share/gatehouse/settings.json",
      logPath: null,
      residentBytes: 0,
      provider: "playbook",
      model: "",
      codingEnabled: true,
      workspace: "/home/sam/secret-project",
    },
    connection: {
      baseUrl: "http://127.0.0.1:4820",
      files: [
        { clients: null, path: "/x" },
        { clients: "Glue", path: null },
      ],
      tokenSource: "generated",
    },
    recentErrors: [
      {
        at: 0,
        source: "run",
        runId: null,
        sessionId: "telegram:secret-chat",
        clientId: "secret-client",
        message: "cannot open /home/sam/x",
      },
    ],
    minutes: [],
  };
  const text = report(diagnostics, null, 120_000);
  expect(text).toContain("Up 2 min");
  expect(text).toContain("cannot open ~/x");
  expect(text).not.toMatch(/sam|secret/);
});
