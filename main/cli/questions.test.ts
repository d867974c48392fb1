import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Question } from "../areas/questions/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";
import { runCli } from "./run-cli.ts";
import { createCapturedTerminal, type CapturedTerminal } from "./testing/captured-terminal.ts";
import { commandLine } from "./testing/command-line.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
}, 20_000);

afterAll(() => daemon.remove());

const cli = commandLine(() => daemon);

const runThatAsks = (terminal: CapturedTerminal, args: object) =>
  runCli(["run", `/ask_person ${JSON.stringify(args)}`, "--home", daemon.home], terminal, "unused");

const waitForQuestion = () =>
  vi.waitFor(async () => {
    const { questions } = JSON.parse((await cli("questions", "--json")).out) as { questions: Question[] };
    const [question] = questions;
    if (question === undefined) throw new Error("nobody is asked yet");
    return question;
  }, 5000);

const branches = {
  question: "Which branch?\nBoth are green.",
  choices: ["main", { value: "r", label: "Release" }],
};

test("a question is listed whole and answered by number; a late answer is told which one counted", async () => {
  const terminal = createCapturedTerminal();
  const ended = runThatAsks(terminal, branches);
  const { id } = await waitForQuestion();
  const short = id.slice(5, 13);
  const { out } = await cli("questions");
  expect(out).toContain(`${short}  cli, waits `);
  expect(out).toContain("  Which branch?\n  Both are green.\n  1  main\n  2  Release\n");
  await vi.waitFor(() => expect(terminal.err()).toContain(`gatehouse answer ${short}`));

  expect(await cli("answer", short, "3")).toMatchObject({ code: 2 });
  expect(await cli("answer", short)).toMatchObject({ code: 2 });
  expect(await cli("answer", short, "2")).toMatchObject({
    code: 0,
    out: "Answered: Which branch?\\nBoth are green.\n",
  });
  expect(await ended).toBe(0);
  expect(terminal.err()).toContain("→ answered on the command line");
  expect(await cli("answer", short, "main")).toEqual({
    code: 4,
    out: "",
    err: "gatehouse: Too late: answered on the command line: r.\n",
  });
  expect((await cli("questions")).out).toBe("Nobody asks you anything.\n");
});

test("words are an answer as they are, and --json gives the question as it was settled", async () => {
  const ended = runThatAsks(createCapturedTerminal(), { question: "What is it called?" });
  const { id } = await waitForQuestion();
  const { out } = await cli("answer", id, "--json", "two", "words");
  expect(JSON.parse(out)).toMatchObject({
    id,
    status: "answered",
    answer: { kind: "text", text: "two words" },
  });
  expect(await ended).toBe(0);
});

test("is declined with a reason, which the agent reads", async () => {
  const terminal = createCapturedTerminal();
  const ended = runThatAsks(terminal, branches);
  const { id } = await waitForQuestion();
  expect((await cli("answer", id, "--decline", "ask", "Ada")).out).toMatch(/^Declined: /);
  expect(await ended).toBe(0);
  expect(terminal.err()).toContain("→ declined on the command line");
});

test("a person at the terminal is asked; an empty line is no answer", async () => {
  const terminal = createCapturedTerminal({ canAsk: true });
  const ended = runThatAsks(terminal, branches);
  await vi.waitFor(() => expect(terminal.err()).toContain("/decline"), 5000);
  terminal.type("\n");
  await vi.waitFor(() => expect(terminal.err()).toContain("leave it waiting"));
  terminal.type("release\n");
  expect(await ended).toBe(0);
});

test("what an agent says is shown and not obeyed", async () => {
  const terminal = createCapturedTerminal();
  const ended = runThatAsks(terminal, { question: "a\u001b[2Jb\u202ec", choices: ["\u001b[31mred"] });
  const { id } = await waitForQuestion();
  const { out } = await cli("questions");
  expect(out).toContain("a\\x1b[2Jb\\u202ec");
  expect(out).toContain("1  \\x1b[31mred");
  await cli("answer", id, "1");
  await ended;
  expect(terminal.err()).not.toContain("\u001b[2J");
});
