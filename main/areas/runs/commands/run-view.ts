import type { RunEvent } from "../contract.ts";
import type { Terminal } from "../../../command/command.ts";
import { visible, visibleLine } from "../../../command/terminal/visible.ts";

/** A run as it goes: the model's words on the output, everything about them beside it. */
export interface RunView {
  show(event: RunEvent): void;
  /** A message of ours, on a line of its own. */
  readonly say: (text: string) => void;
  end(): void;
}

const MAX_ARGUMENTS = 100;

export function createRunView(terminal: Terminal, options: { readonly isQuiet: boolean }): RunView {
  const { stdout, stderr, paintErr } = terminal;
  let isLineOpen = false;

  const finishLine = () => {
    if (isLineOpen) stdout.write("\n");
    isLineOpen = false;
  };
  const say = (text: string) => {
    finishLine();
    stderr.write(`${text}\n`);
  };
  const tell = (text: string) => {
    if (!options.isQuiet) say(paintErr.dim(text));
  };

  return {
    say,
    show(event) {
      switch (event.type) {
        case "text_delta":
          if (event.delta === "") return;
          stdout.write(visible(event.delta));
          isLineOpen = !event.delta.endsWith("\n");
          return;
        case "message_end":
          return finishLine();
        case "tool_end":
          return tell(toolLine(event));
        case "retry":
          return tell(`… ${visibleLine(event.error)}; once more in ${Math.round(event.delayMs / 1000)} s`);
        case "guardrail":
          return tell(`… ${visibleLine(event.error)}`);
        case "compacted":
          return tell("… the beginning of the session was condensed for the model");
        case "run_error":
          if (event.code === "canceled") return say(paintErr.red("Canceled."));
          return say(`${paintErr.red("Failed")}: ${visible(event.message)}`);
        default:
      }
    },
    end: finishLine,
  };
}

function toolLine({ call, result, durationMs }: Extract<RunEvent, { type: "tool_end" }>): string {
  const args = visibleLine(JSON.stringify(call.arguments) ?? "");
  const shown = args.length > MAX_ARGUMENTS ? `${args.slice(0, MAX_ARGUMENTS)}…` : args;
  const failure = result.isError ? `: ${visibleLine(result.content.split("\n", 1)[0] ?? "")}` : "";
  return `${result.isError ? "✗" : "✓"} ${visibleLine(call.name)} ${shown} ${(durationMs / 1000).toFixed(1)} s${failure}`;
}
