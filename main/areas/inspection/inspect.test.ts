import { describe, expect, it } from "vitest";
import { Presentation, Proposal } from "./contract.ts";
import { inspect, scriptsOf } from "./inspect.ts";

const place = { workDir: "/code/app" };
const look = (given: unknown) => inspect(Proposal.parse(given), place);

describe("inspect", () => {
  it.each([
    { kind: "program", argv: ["git", "status"] },
    { kind: "shell", text: "git status | head -3" },
    { kind: "file_change", path: "a.ts", status: "created", before: "", after: "x\n" },
    { kind: "file_change", path: "a.bin", status: "changed", before: null, after: "x", note: "Not text." },
    { kind: "network", url: "https://example.org/x" },
    { kind: "mcp", server: "github", tool: "create_issue", arguments: { title: "x" } },
    { kind: "call", tool: "webfetch", arguments: { url: "x" } },
  ])("answers with a subject and a presentation: $kind", (given) => {
    const { subject, presentation } = look(given);
    expect(Presentation.safeParse(presentation).success).toBe(true);
    expect(presentation.risks.length).toBeGreaterThan(0);
    expect(subject.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it("names the tool that would be used, and the server it is from, beside its arguments", () => {
    const wants = (given: unknown) => look(given).presentation.wants;
    expect(wants({ kind: "call", tool: "Deploy", arguments: {} })).toBe("wants to use `Deploy`");
    const mcp = { kind: "mcp", server: "github", tool: "create_issue", arguments: {} };
    expect(wants(mcp)).toBe("wants to use `create_issue` of `github`");
    expect(wants({ kind: "call", tool: "a\u202eb", arguments: {} })).not.toContain("\u202e");
    const long = `mcp__a_server__${"x".repeat(200)}`;
    expect(wants({ kind: "call", tool: long, arguments: {} })).toContain(long);
  });

  it("takes nothing else", () => {
    for (const given of [{}, { kind: "x" }, { kind: "program", argv: [] }, { kind: "shell" }, null])
      expect(Proposal.safeParse(given).success).toBe(false);
  });

  it("tells calls with other arguments apart, and never covers them with one grant", () => {
    const mcp = (server: string, args: unknown) =>
      look({ kind: "mcp", server, tool: "search", arguments: args }).subject;
    const all = [mcp("a", { q: 1 }), mcp("a", { q: 2 }), mcp("b", { q: 1 })];
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(mcp("a", { q: 1 }).fingerprint).toBe(all[0]?.fingerprint);
    for (const { remember } of all) expect(remember).toBe("narrow");
    const request = (given: object) => look({ kind: "network", url: "https://a.b/", ...given }).subject;
    expect(request({}).fingerprint).not.toBe(request({ body: "x" }).fingerprint);
    expect(request({}).remember).toBe("narrow");
  });

  it("covers a file that some program obeys only with a grant for that very file", () => {
    const change = (path: string) =>
      look({ kind: "file_change", path, status: "changed", before: "a", after: "b" }).subject.remember;
    expect(change("src/a.ts")).toBe("wide");
    for (const path of ["package.json", "sub/Makefile", ".github/workflows/ci.yml", "AGENTS.md"])
      expect(change(path)).toBe("narrow");
  });

  it("says where a request goes, and that data is sent", () => {
    const risks = (given: object) =>
      look({ kind: "network", url: "https://a.b/c", ...given }).presentation.risks;
    expect(risks({})[0]).toMatchObject({
      kind: "network",
      level: "medium",
      why: expect.stringContaining("a.b") as string,
    });
    expect(risks({ body: "x" })[0]).toMatchObject({ kind: "network", level: "high" });
    expect(risks({ method: "delete" })[0]).toMatchObject({ kind: "network", level: "high" });
    for (const url of ["file:///etc/passwd", "nonsense", ""])
      expect(risks({ url })[0]).toMatchObject({ level: "high" });
  });

  it("remembers a script only once it is bound to its content", () => {
    const proposal = Proposal.parse({ kind: "program", argv: ["python3", "x.py", "1"] });
    expect(scriptsOf(proposal)).toEqual(["x.py"]);
    expect(inspect(proposal, place).subject.remember).toBe("once");
    const script = { path: "x.py", digest: "d" };
    const scripts = new Map([["x.py", script]]);
    expect(inspect(proposal, { ...place, scripts }).subject.remember).toBe("once");
    const open = { bound: [script], lines: [], isWhole: false };
    expect(inspect(proposal, { ...place, scripts, reach: open }).subject.remember).toBe("once");
    const { subject } = inspect(proposal, { ...place, scripts, reach: { ...open, isWhole: true } });
    expect(subject).toMatchObject({
      remember: "narrow",
      execution: { program: "python3", scripts: [script] },
    });
  });
});
