import type { Terminal } from "../../../command/command.ts";
import { askUntil } from "../../../command/terminal/ask-until.ts";
import type { Answer, Question } from "../contract.ts";
import { answerOf } from "./answer-of.ts";

export type Said = Answer | { readonly kind: "declined"; readonly reason: string };

const DECLINE = /^\s*\/decline(?:\s+(.*\S))?\s*$/;

/** Null where the person leaves it waiting. */
export const askForWords = (
  question: Question,
  terminal: Terminal,
  signal: AbortSignal,
  interrupted: () => void,
): Promise<Said | null> =>
  askUntil(
    {
      offer: 'Type the answer, then Enter; "/decline" says that there will be none.\n',
      read: (line) => saidIn(question, line),
      again: (line) => wrongIn(question, line),
    },
    terminal,
    signal,
    interrupted,
  );

function saidIn(question: Question, line: string): Said | null {
  const declined = DECLINE.exec(line);
  if (declined !== null) return { kind: "declined", reason: declined[1] ?? "" };
  if (line.trim() === "") return null;
  const found = answerOf(question, wordsOf(question, line));
  return "answer" in found ? found.answer : null;
}

function wrongIn(question: Question, line: string): string {
  if (line.trim() === "") return "Type an answer, or end the input (Ctrl-D) to leave it waiting.\n";
  const found = answerOf(question, wordsOf(question, line));
  return "wrong" in found ? `${found.wrong.replace(/:$/, ".")}\n` : "";
}

/** A form's values may be quoted: `name="two words"`. */
function wordsOf({ fields }: Question, line: string): string[] {
  if (fields.length === 0) return [line.trim()];
  return [...line.matchAll(/([^\s="]+)=(?:"([^"]*)"|(\S*))|(\S+)/g)].map(([, name, inQuotes, plain, rest]) =>
    name === undefined ? (rest ?? "") : `${name}=${inQuotes ?? plain ?? ""}`,
  );
}
