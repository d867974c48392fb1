import { describe, expect, test } from "vitest";
import { personAt } from "../../contract/principal.ts";
import { createCore, turn, type CoreOptions } from "../../testing/core.ts";
import type { DecisionRecord } from "../permissions/contract.ts";
import { calls, createScriptedModel, says } from "../runs/loop/testing/scripted-model.ts";
import { end, eventsOf, start } from "../runs/testing/start-run.ts";

const PERSON = personAt("popup");

const remembering = (args: unknown, options: CoreOptions = {}) =>
  createCore({
    model: createScriptedModel([calls(["remember", JSON.stringify(args)]), says("done")]),
    ...options,
  });

/** The run goes as far as it can without anybody. */
async function begin(made: ReturnType<typeof createCore>, clientId = "claude-code") {
  const run = await start(made, { clientId });
  for (let i = 0; i < 10; i += 1) await turn();
  return run;
}
const resultOf = (made: ReturnType<typeof createCore>, id: Parameters<typeof eventsOf>[1]) => {
  const ended = eventsOf(made, id).find(({ type }) => type === "tool_end");
  return ended?.type === "tool_end" ? ended : undefined;
};
const kept = async (made: ReturnType<typeof createCore>) => (await made.memories.list({ limit: 9 })).memories;
const ledger = async (made: ReturnType<typeof createCore>): Promise<DecisionRecord[]> =>
  (await made.permissions.decisions({ limit: 9 })).decisions;

describe("a call of remember", () => {
  test("asks, shows the whole memory, and keeps it with its source once allowed", async () => {
    const content = "The staging server is reached over the bastion.\n<b>Not</b> from home.";
    const made = remembering({ content, tags: ["ops", "staging"] });
    const run = await begin(made);
    const [asked] = made.permissions.pending();
    expect(asked).toMatchObject({ tool: "remember", riskLevel: "low", runId: run.id });
    const request = made.permissions.get(asked?.id as never);
    expect(request.presentation).toMatchObject({
      wants: "wants to keep a memory, with the tags `ops` and `staging`",
      body: { kind: "call", text: content },
    });
    expect(request.presentation.actIsAll).toBeUndefined();
    expect(await kept(made)).toEqual([]);
    made.permissions.decide(request.id, { decision: "allow", scope: "once" }, PERSON);
    await end(made, run.id);
    const [memory] = await kept(made);
    expect(memory).toMatchObject({
      content,
      tags: ["ops", "staging"],
      source: { kind: "run", runId: run.id, callId: "call_1", sessionId: "s1", clientId: "claude-code" },
    });
    expect(resultOf(made, run.id)?.result).toEqual({
      content: `remembered as ${memory?.id}`,
      isError: false,
      metadata: { id: memory?.id },
    });
  });

  test("is denied by the person, and nothing is kept", async () => {
    const made = remembering({ content: "x y z" });
    const run = await begin(made);
    made.permissions.decide(
      made.permissions.pending()[0]?.id as never,
      { decision: "deny", scope: "once", reason: "not that" },
      PERSON,
    );
    await end(made, run.id);
    expect(resultOf(made, run.id)?.result).toMatchObject({ content: "not that", isError: true });
    expect(await kept(made)).toEqual([]);
  });

  test.each([
    ["blank content", { content: " \n" }, "remember: The memory is blank."],
    ["no content", {}, "invalid arguments: content"],
    ["content that is none", { content: 7 }, "invalid arguments: content"],
    ["tags that are none", { content: "x", tags: "a" }, "invalid arguments: tags"],
    ["control characters", { content: "a\u001b[2J" }, "remember: The memory contains control characters."],
    ["too much", { content: "x".repeat(20_000) }, "remember: A memory has at most 16,384 characters"],
  ])("with %s is a tool error, on record, and nobody is asked", async (_what, args, words) => {
    const made = remembering(args);
    const run = await begin(made);
    await end(made, run.id);
    const result = resultOf(made, run.id)?.result;
    expect(result?.isError).toBe(true);
    expect(result?.content).toContain(words);
    expect(await ledger(made)).toMatchObject([{ outcome: "denied", permissionId: null }]);
    expect(await kept(made)).toEqual([]);
  });

  test("of what is kept already keeps nothing anew", async () => {
    const made = remembering({ content: "use TABS" }, { settings: { memories: { keep: "always" } } });
    const { id } = await made.memories.add(
      { content: "Use tabs", tags: [], pinned: false, isSecretMeant: false },
      PERSON,
    );
    const run = await begin(made);
    await end(made, run.id);
    expect(resultOf(made, run.id)?.result).toMatchObject({
      content: `kept already as ${id}`,
      isError: false,
    });
    expect(await kept(made)).toHaveLength(1);
  });
});

describe("the rule", () => {
  test("always keeps without asking, on record by its name", async () => {
    const made = remembering(
      { content: "Use tabs" },
      { settings: { memories: { clients: { "claude-code": "always" } } } },
    );
    await end(made, (await begin(made)).id);
    expect(await kept(made)).toHaveLength(1);
    expect(await ledger(made)).toMatchObject([
      { outcome: "allowed", decidedBy: { kind: "policy", name: "memories of claude-code: always" } },
    ]);
  });

  test("never refuses, on record by its name, whatever the tier says", async () => {
    const made = remembering(
      { content: "Use tabs" },
      { settings: { memories: { keep: "never" } }, rules: { defaultTier: "trusted" } },
    );
    await end(made, (await begin(made)).id);
    expect(await kept(made)).toEqual([]);
    expect(await ledger(made)).toMatchObject([
      { outcome: "denied", decidedBy: { kind: "policy", name: "memories: never" } },
    ]);
  });

  test("never holds for what was asked before it was made", async () => {
    const memories: { keep?: "ask" | "never" } = {};
    const made = remembering({ content: "Use tabs" }, { settings: { memories } });
    const run = await begin(made);
    memories.keep = "never";
    made.permissions.decide(
      made.permissions.pending()[0]?.id as never,
      { decision: "allow", scope: "once" },
      PERSON,
    );
    await end(made, run.id);
    expect(await kept(made)).toEqual([]);
    expect(resultOf(made, run.id)?.result.isError).toBe(true);
  });

  test("always does not go before a channel that may only read", async () => {
    const made = remembering(
      { content: "Use tabs" },
      {
        settings: { memories: { keep: "always" } },
        rules: { channels: { telegram: "read_only" } },
      },
    );
    await end(made, (await begin(made, "telegram:7")).id);
    expect(await kept(made)).toEqual([]);
  });

  test("turned off, there is no such tool", () => {
    const made = remembering({}, { settings: { memories: { enabled: false } } });
    expect(made.tools.find("remember")).toBeUndefined();
    expect(remembering({}).tools.list()[0]?.info.name).toBe("remember");
  });
});

describe("what looks like a secret", () => {
  const SECRET = { content: "deploy with ghp_0123456789abcdefghijABCDEFGHIJ012345" };

  test.each([
    ["the rule always", { settings: { memories: { keep: "always" } } }],
    ["a trusted channel", { rules: { defaultTier: "trusted" } }],
  ] as const)("is asked about in spite of %s, and held", async (_what, options) => {
    const made = remembering(SECRET, options);
    const run = await begin(made);
    expect(await kept(made)).toEqual([]);
    const request = made.permissions.get(made.permissions.pending()[0]?.id as never);
    expect(request).toMatchObject({ riskLevel: "high", choices: [{ scope: "once" }] });
    expect(request.presentation.risks[0]?.text).toBe("looks like a GitHub token");
    const key = { ...PERSON, kind: "key", id: "key_1" } as const;
    const allow = { decision: "allow", scope: "once" } as const;
    expect(() => made.permissions.decide(request.id, allow, key)).toThrow("Only the person");
    made.permissions.decide(request.id, allow, PERSON);
    await end(made, run.id);
    expect(await kept(made)).toHaveLength(1);
  });

  test("is not covered by what was allowed for the session", async () => {
    const script = [
      calls(["remember", '{"content":"Use tabs"}']),
      calls(["remember", JSON.stringify(SECRET)]),
      says("done"),
    ];
    const made = createCore({ model: createScriptedModel(script) });
    await begin(made);
    made.permissions.decide(
      made.permissions.pending()[0]?.id as never,
      { decision: "allow", scope: "session" },
      PERSON,
    );
    for (let i = 0; i < 10; i += 1) await turn();
    expect(made.permissions.pending()).toMatchObject([{ riskLevel: "high" }]);
    expect(await kept(made)).toHaveLength(1);
  });
});
