import type { DecisionRecord, Grant, PermissionRequest } from "../../../main/areas/permissions/contract.ts";
import {
  editFile,
  forcePush,
  genericCall,
  manyRequests,
  newFile,
  sampleDecision,
  sampleGrant,
  sampleRequest,
  shortCommand,
  summaryOf,
} from "../samples.ts";

type Answers = Readonly<Record<string, (input: never) => unknown>>;

interface Data {
  readonly requests: readonly PermissionRequest[];
  readonly decisions?: readonly DecisionRecord[];
  readonly grants?: readonly Grant[];
}

const refusal = { code: "internal", message: "The database is locked by another process." };

function answers({ requests, decisions = [], grants = [] }: Data): Answers {
  const byId = new Map<string, PermissionRequest>(requests.map((request) => [request.id, request]));
  return {
    "desktop.getDesktop": () => ({
      platform: "linux",
      homePath: "/home/sam",
      launchAtLogin: false,
      launchAtLoginSupported: true,
      firstRun: false,
      theme: "system",
    }),
    "desktop.resizePopup": () => ({}),
    "desktop.laterPopup": () => ({}),
    "desktop.tellLooking": () => ({}),
    "desktop.setTheme": ({ theme }: { theme: string }) => ({ theme }),
    "desktop.getPopup": () => ({ card: requests[0]?.id ?? null, isLeaving: false, isShown: true, look: 1 }),
    "desktop.turnPopup": () => ({}),
    "desktop.popupPainted": () => ({}),
    "desktop.closePopup": () => ({}),
    "desktop.showWindow": () => ({}),
    "desktop.copyText": () => ({}),
    "desktop.openPath": () => ({}),
    "permissions.listPending": () => ({ permissions: requests.map(summaryOf) }),
    "permissions.getPermission": ({ id }: { id: string }) => byId.get(id),
    "permissions.decide": ({ id, decision, scope }: { id: string; decision: string; scope: string }) => ({
      ...summaryOf(byId.get(id) as PermissionRequest),
      status: decision === "allow" ? "allowed" : "denied",
      settledAt: Date.now(),
      decidedBy: { kind: "popup", name: "popup" },
      scope,
    }),
    "permissions.listDecided": ({
      after = "0",
      limit = 100,
      search = "",
      outcome,
    }: {
      after?: string;
      limit?: number;
      search?: string;
      outcome?: string;
    }) => {
      const found = decisions.filter(
        (decision) =>
          decision.act.includes(search) && (outcome === undefined || decision.outcome === outcome),
      );
      const from = Number(after);
      const next = from + limit < found.length ? String(from + limit) : null;
      return { decisions: found.slice(from, from + limit), next };
    },
    "permissions.listGrants": () => ({ grants }),
    "permissions.revokeGrant": ({ id }: { id: string }) => grants.find((grant) => grant.id === id),
    "permissions.restoreGrant": ({ id }: { id: string }) => grants.find((grant) => grant.id === id),
    "diagnostics.getStatus": () => ({
      version: "0.1.0",
      activeRuns: 1,
      pendingPermissions: requests.length,
      toolCount: 11,
    }),
  };
}

const longLine = `node -e "${"const value = compute(previous, 42); ".repeat(30_000)}"`;
const script = Array.from(
  { length: 4000 },
  (_, index) => `echo "step ${index}" >> build.log && make target-${index}`,
).join("\n");
const everyDecision = Array.from({ length: 1000 }, (_, index) => sampleDecision(index));
const everyGrant = Array.from({ length: 12 }, (_, index) => sampleGrant(index));
const one = (request: PermissionRequest): Answers =>
  answers({ requests: [request], decisions: everyDecision.slice(0, 1), grants: everyGrant.slice(0, 1) });

const longName = "an-agent-with-a-very-long-name-".repeat(6);

export const scenes: Readonly<Record<string, () => Answers>> = {
  none: () => answers({ requests: [] }),
  command: () => one(sampleRequest(0, forcePush)),
  diff: () => one(sampleRequest(0, editFile)),
  write: () => one(sampleRequest(0, newFile(600))),
  call: () => one(sampleRequest(0, genericCall)),
  hurry: () =>
    one(sampleRequest(0, forcePush, { askedAt: Date.now() - 560_000, expiresAt: Date.now() + 40_000 })),
  script: () =>
    one(
      sampleRequest(
        0,
        shortCommand(
          "set -euo pipefail\ncd packages/api\nnpm ci --ignore-scripts\nnpm run build -- --mode production --out-dir ../../dist/api --source-map=false --log-level=verbose\nnpm test",
        ),
      ),
    ),
  huge: () => one(sampleRequest(0, shortCommand(longLine, "medium"))),
  lines: () => one(sampleRequest(0, shortCommand(script, "medium"))),
  words: () =>
    one(
      sampleRequest(0, shortCommand(`cp ${"/very/long/path/segment".repeat(12)} ${"x".repeat(300)}`), {
        clientId: longName,
        sessionId: longName as PermissionRequest["sessionId"],
        workDir: `/home/sam/${"deeply/nested/folder/".repeat(10)}app`,
      }),
    ),
  rtl: () =>
    one(
      sampleRequest(0, shortCommand('echo "שלום עולם, مرحبا بالعالم" > ברכה.txt'), {
        clientId: "סוכן-קוד",
        sessionId: "تصحيح الجلسات" as PermissionRequest["sessionId"],
        workDir: "/home/sam/מסמכים/פרויקט",
      }),
    ),
  few: () => answers({ requests: manyRequests(3), decisions: everyDecision.slice(0, 8), grants: everyGrant }),
  many: () => answers({ requests: manyRequests(12), decisions: everyDecision, grants: everyGrant }),
  crowd: () => answers({ requests: manyRequests(500), decisions: everyDecision, grants: everyGrant }),
  error: () => ({
    ...answers({ requests: [] }),
    "permissions.listPending": () => {
      throw refusal;
    },
    "permissions.listDecided": () => {
      throw refusal;
    },
    "permissions.listGrants": () => {
      throw refusal;
    },
  }),
  refused: () => ({
    ...one(sampleRequest(0, forcePush)),
    "permissions.decide": () => {
      throw refusal;
    },
  }),
};
