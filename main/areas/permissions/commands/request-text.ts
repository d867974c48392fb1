import type { Presentation } from "../../inspection/contract.ts";
import type { Paint } from "../../../command/terminal/paint.ts";
import { visible, visibleLine } from "../../../command/terminal/visible.ts";

/** What is asked, whole: nothing of the command or change is left out. */
export function requestText(presentation: Presentation, paint: Paint): string {
  const { wants, risks, unshown } = presentation;
  const lines = [
    paint.bold(visibleLine(wants)),
    ...(unshown === undefined ? [] : [`  ${paint.red(unshown)}`]),
    ...bodyLines(presentation, paint).map((line) => `  ${line}`),
    ...risks.map(({ level, text }) => `  ${levelText(level, paint)}: ${visibleLine(text)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function bodyLines({ body }: Presentation, paint: Paint): string[] {
  if (body.kind === "command" && body.reads !== undefined) {
    return [visibleLine(body.reads), ...visible(body.text).split("\n")];
  }
  if (body.kind !== "diff") return visible(body.text).split("\n");
  const { path, status, added, removed, hunks, note } = body.diff;
  const lines = hunks.flatMap(({ text }, i) => [
    ...(i === 0 ? [] : [paint.dim("…")]),
    ...text.split("\n").map((signed) => {
      const line = `${signed.charAt(0)} ${visibleLine(signed.slice(1))}`;
      return line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line;
    }),
  ]);
  const title = `${visibleLine(path)} (${status}, +${added} -${removed})`;
  return [title, ...(note === null ? [] : [visible(note)]), ...lines];
}

function levelText(level: "low" | "medium" | "high", paint: Paint): string {
  if (level === "high") return paint.red("high risk");
  return level === "medium" ? paint.yellow("medium risk") : "low risk";
}
