import type { RunError, RunEvent } from "../../../../main/areas/runs/contract.ts";
import type { ToolCall } from "../../../../main/areas/sessions/contract.ts";
import type { AskedPermission, EndBlock, NoteBlock, Timeline, ToolBlock } from "./block.ts";
import { saidByLoop } from "../failure-words.ts";
import { appendMarkdown } from "./markdown-chunks.ts";
import { abandonText, appendText, endMessage, newText, streamingText, type Draft } from "./text.ts";

/** Adds events in order. Those seen before are skipped; it stops at a gap, which `lastSeq` then shows. */
export function fold(timeline: Timeline, events: readonly RunEvent[]): Timeline {
  let { lastSeq } = timeline;
  const draft: Draft = {
    blocks: [...timeline.blocks],
    openTools: [...timeline.openTools],
    usage: timeline.usage,
    isEnded: timeline.isEnded,
  };
  for (let i = 0; i < events.length; i++) {
    const event = events[i];
    if (event === undefined || event.seq <= lastSeq) continue;
    if (event.seq !== lastSeq + 1) break;
    lastSeq = event.seq;
    if (event.type !== "text_delta") {
      apply(draft, event);
      continue;
    }
    let delta = event.delta;
    for (
      let next = events[i + 1];
      next?.type === "text_delta" && next.seq === lastSeq + 1;
      next = events[i + 1]
    ) {
      delta += next.delta;
      lastSeq = next.seq;
      i++;
    }
    appendText(draft, event.seq, event.at, delta);
  }
  return lastSeq === timeline.lastSeq ? timeline : { lastSeq, ...draft };
}

function apply(draft: Draft, event: Exclude<RunEvent, { type: "text_delta" }>): void {
  const { seq: key, at } = event;
  const note = (about: NoteBlock["about"], text: string, detail: string | null = null) =>
    draft.blocks.push({ kind: "note", key, at, about, text, detail });

  switch (event.type) {
    case "run_start":
      draft.blocks.push({
        kind: "prompt",
        key,
        at,
        text: event.prompt,
        clientId: event.clientId,
        skill: event.skill ?? null,
      });
      return;
    case "message_start":
    case "loop_start":
    case "turn_start":
    case "turn_end":
    case "loop_end":
      return;
    case "message_end":
      return endMessage(draft, key, at, event.message);
    case "tool_start":
      draft.openTools.push(draft.blocks.length);
      draft.blocks.push(newTool(key, at, event.call));
      return;
    case "permission_request": {
      const permission: AskedPermission = {
        id: event.permissionId,
        action: event.action,
        target: event.target,
        askedAt: at,
        expiresAt: event.expiresAt,
        presentation: event.presentation,
        settled: null,
      };
      const place = toolThatAsks(draft, event.tool, event.arguments);
      if (place !== null) return changeTool(draft, place, { permission });
      draft.openTools.push(draft.blocks.length);
      const call = { id: event.permissionId, name: event.tool, arguments: event.arguments };
      draft.blocks.push({ ...newTool(key, at, call), permission });
      return;
    }
    case "permission_settled": {
      const place = draft.openTools.find((i) => toolAt(draft, i).permission?.id === event.permissionId);
      if (place === undefined) return;
      const { permission } = toolAt(draft, place);
      if (permission === null) return;
      const { outcome, decidedBy, scope, reason } = event;
      changeTool(draft, place, {
        permission: { ...permission, settled: { at, outcome, decidedBy, scope, reason } },
      });
      return;
    }
    case "question_asked": {
      const asking = draft.openTools.findLast((place) => toolAt(draft, place).question === null);
      const question = { id: event.questionId, askedAt: at, settled: null };
      if (asking !== undefined) changeTool(draft, asking, { question });
      return;
    }
    case "question_settled": {
      const place = draft.openTools.find((i) => toolAt(draft, i).question?.id === event.questionId);
      const question = place === undefined ? null : toolAt(draft, place).question;
      if (place === undefined || question === null) return;
      const { outcome, decidedBy } = event;
      changeTool(draft, place, { question: { ...question, settled: { at, outcome, decidedBy } } });
      return;
    }
    case "tool_end": {
      const place = draft.openTools.find((i) => toolAt(draft, i).call.id === event.call.id);
      const ended = {
        call: event.call,
        result: event.result,
        decidedBy: event.decidedBy,
        durationMs: event.durationMs,
      };
      if (place === undefined) {
        draft.blocks.push({ ...newTool(key, at, event.call), ...ended });
        return;
      }
      changeTool(draft, place, ended);
      draft.openTools = draft.openTools.filter((i) => i !== place);
      return;
    }
    case "retry":
      abandonText(draft);
      note(
        "retry",
        `The model did not answer. Attempt ${event.attempt} of ${event.maxAttempts} failed`,
        event.error,
      );
      return;
    case "guardrail":
      if (event.action === "halt")
        note("halt", "Stopped, for it went round in circles", inWords(event.error));
      else note("nudge", "The model was asked to try another way", inWords(event.error));
      return;
    case "error":
      abandonText(draft);
      note("error", "The model failed; what it had said is kept", inWords(event.error));
      return;
    case "compacted":
      note(
        "compacted",
        `${event.replaced} earlier ${event.replaced === 1 ? "message was" : "messages were"} condensed for the model. The session keeps them all`,
        event.summary,
      );
      return;
    case "run_done":
      if (event.usage !== null) draft.usage = event.usage;
      if (event.text !== "" && !draft.blocks.some((block) => block.kind === "text")) {
        draft.blocks.push({ ...newText(key, at), chunks: appendMarkdown([], event.text), state: "ended" });
        // Its key is taken: the end gets the half step after it.
        end(draft, key + 0.5, at, "done", null);
        return;
      }
      end(draft, key, at, "done", null);
      return;
    case "run_error": {
      const { code, message } = event;
      // The pass that failed last is why the run ends: it is told once.
      const last = draft.blocks.at(-1);
      if (last?.kind === "note" && last.about === "error") draft.blocks.pop();
      end(draft, key, at, code === "canceled" ? "canceled" : "failed", { code, message });
      return;
    }
    default:
      // An event of a newer daemon: nothing to tell.
      event satisfies never;
  }
}

/** The loop's own words are for other programs. */
function inWords(error: string): string {
  const words = saidByLoop(error);
  if (words === null) return error;
  return words.detail === null ? words.title : `${words.title}\n${words.detail}`;
}

function newTool(key: number, at: number, call: ToolCall): ToolBlock {
  return {
    kind: "tool",
    key,
    at,
    call,
    permission: null,
    question: null,
    result: null,
    decidedBy: null,
    durationMs: null,
    isStopped: false,
  };
}

function toolAt(draft: Draft, place: number): ToolBlock {
  const block = draft.blocks[place];
  if (block?.kind !== "tool") throw new Error(`No tool call at ${place} of the timeline`);
  return block;
}

function changeTool(draft: Draft, place: number, change: Partial<ToolBlock>): void {
  draft.blocks[place] = { ...toolAt(draft, place), ...change };
}

/** Requests do not name their call: it is the one that waits with this name, best with the same arguments. */
function toolThatAsks(draft: Draft, tool: string, args: unknown): number | null {
  const candidates = draft.openTools.filter((place) => {
    const block = toolAt(draft, place);
    return block.permission === null && block.call.name === tool;
  });
  const wanted = JSON.stringify(args);
  const same = candidates.find((place) => JSON.stringify(toolAt(draft, place).call.arguments) === wanted);
  return same ?? candidates[0] ?? null;
}

function end(
  draft: Draft,
  key: number,
  at: number,
  status: EndBlock["status"],
  error: RunError | null,
): void {
  const streaming = streamingText(draft);
  if (streaming !== null) draft.blocks[streaming.place] = { ...streaming.block, state: "ended" };
  for (const place of draft.openTools) changeTool(draft, place, { isStopped: true });
  draft.openTools = [];
  draft.isEnded = true;
  draft.blocks.push({ kind: "end", key, at, status, error });
}
