import type { Compaction, Message } from "../../sessions/contract.ts";
import { condense, needsCompaction, splitPoint } from "./compaction.ts";
import { canceled, errorText, LoopFailure } from "./failure.ts";
import { NO_STREAKS } from "./guardrails.ts";
import { addUsage, countCharacters, textOf } from "./messages.ts";
import { askModel } from "./model-turn.ts";
import { type Progress, runPass } from "./pass.ts";
import type { LoopInput, LoopOutcome, LoopPorts } from "./ports.ts";
import { SNAPSHOT_INSTRUCTIONS } from "./snapshot-prompt.ts";

/**
 * Carries a prompt through: model turns and tool calls, until the model is done, the budget is spent or it is
 * canceled. The last event is always `loop_end`, except that a failed compaction before the loop tells nothing.
 *
 * Contract: failures of model, tools and gate are in the outcome. A throw is a bug.
 */
export async function runLoop(input: LoopInput, ports: LoopPorts): Promise<LoopOutcome> {
  const progress: Progress = {
    view: [...input.history],
    newMessages: [input.prompt],
    turns: 0,
    calls: 0,
    streaks: NO_STREAKS,
    usage: null,
  };
  let compaction: Compaction | null = null;

  try {
    if (needsCompaction(input.history)) {
      const split = splitPoint(input.history);
      const condensed = await condenseView(input, ports, progress, input.history, split);
      if (condensed !== null) {
        showCompacted(ports, progress, condensed);
        compaction = condensed.compaction;
      }
    }
    progress.view.push(input.prompt);
    let failure = await runPass(input, ports, progress);
    if (failure?.kind === "overflow") {
      const recovered = await recoverFromOverflow(input, ports, progress, compaction);
      if (recovered.isShorter) {
        compaction = recovered.compaction;
        failure = await runPass(input, ports, progress);
      }
    }
    return outcomeOf(input, progress, compaction, failure);
  } catch (error) {
    if (!(error instanceof LoopFailure)) throw error;
    if (error.kind === "canceled") await runPass(input, ports, progress);
    return outcomeOf(input, progress, compaction, error);
  }
}

interface CondensedView {
  readonly compaction: Compaction;
  readonly view: Message[];
}

/** A summary in the place of the first `split` messages of `view`. Null when that gains nothing. */
async function condenseView(
  input: LoopInput,
  ports: LoopPorts,
  progress: Progress,
  view: readonly Message[],
  split: number,
): Promise<CondensedView | null> {
  if (split === 0) return null;
  const replaced = view.slice(0, split);
  const { summary, usage } = await condense(replaced, ports.clock.now(), (record) =>
    ask(input, ports, record),
  );
  progress.usage = addUsage(progress.usage, usage);
  if (summary === null) return null;
  return { compaction: { replaced: split, summary }, view: [summary, ...view.slice(split)] };
}

function showCompacted(ports: LoopPorts, progress: Progress, { compaction, view }: CondensedView): void {
  progress.view = view;
  const { replaced, summary } = compaction;
  ports.emit({ type: "compacted", replaced, summary: textOf(summary) });
}

/** Options of the run are not passed on: they are made for its replies, such as a forced tool or a JSON format. */
async function ask(input: LoopInput, ports: LoopPorts, record: string) {
  const messages: Message[] = [
    { role: "user", content: [{ type: "text", text: record }], createdAt: ports.clock.now() },
  ];
  const { modelName: model, signal } = input;
  try {
    return await askModel(
      { model, system: SNAPSHOT_INSTRUCTIONS, messages, tools: [], options: {}, signal },
      ports,
    );
  } catch (error) {
    if (signal.aborted) throw canceled();
    throw new LoopFailure("failed", `compaction: ${errorText(error)}`, error);
  }
}

/**
 * Condenses what the model was just refused, whatever its length, and answers whether that made it shorter. The
 * prompt is kept in the person's own words even when it falls into the condensed part.
 */
async function recoverFromOverflow(
  input: LoopInput,
  ports: LoopPorts,
  progress: Progress,
  before: Compaction | null,
): Promise<{ readonly isShorter: boolean; readonly compaction: Compaction | null }> {
  const view = viewBeforeHardening(input, progress, before);
  const historyLength = view.length - progress.newMessages.length;
  const size = countCharacters(view);
  const condensed = await condenseView(input, ports, progress, view, splitPoint(view, undefined, size / 2));
  if (condensed === null) return { isShorter: false, compaction: before };
  if (condensed.compaction.replaced > historyLength) condensed.view.splice(1, 0, input.prompt);
  if (countCharacters(condensed.view) >= size) return { isShorter: false, compaction: before };
  showCompacted(ports, progress, condensed);
  return { isShorter: true, compaction: inTermsOfHistory(condensed.compaction, historyLength, before) };
}

/** The messages as the caller knows them, so that places in the view can be told in places of its history. */
function viewBeforeHardening(input: LoopInput, progress: Progress, before: Compaction | null): Message[] {
  const history = before === null ? input.history : [before.summary, ...input.history.slice(before.replaced)];
  return [...history, ...progress.newMessages];
}

function inTermsOfHistory(
  made: Compaction,
  historyLength: number,
  before: Compaction | null,
): Compaction | null {
  const fromHistory = Math.min(made.replaced, historyLength);
  const replaced = before === null ? fromHistory : fromHistory - 1 + before.replaced;
  return replaced === 0 ? null : { replaced, summary: made.summary };
}

function outcomeOf(
  input: LoopInput,
  progress: Progress,
  compaction: Compaction | null,
  failure: LoopFailure | null,
): LoopOutcome {
  const last = progress.newMessages.findLast((message) => message.role === "assistant");
  const end = input.signal.aborted && failure !== null ? canceled() : failure;
  return {
    newMessages: progress.newMessages,
    compaction,
    text: last === undefined ? "" : textOf(last),
    usage: progress.usage,
    error: end && { code: end.kind === "canceled" ? "canceled" : "internal", message: end.message },
  };
}
