import type { FormField, Question } from "../contract.ts";
import type { Paint } from "../../../command/terminal/paint.ts";
import { visible, visibleLine } from "../../../command/terminal/visible.ts";

/** What is asked, whole, with the choices by number. Every line of the agent's own words is set in. */
export function questionText(question: Question, paint: Paint): string {
  const { text, choices, isSeveral, allowsText, fields } = question;
  const more = [
    ...(isSeveral ? ["several, with commas"] : []),
    ...(allowsText ? ["or in words of your own"] : []),
  ];
  const lines = [
    paint.bold("asks:"),
    ...visible(text)
      .split("\n")
      .map((line) => `  ${line}`),
    ...choices.map(({ label, description }, at) => {
      const about = description === null ? "" : `  ${paint.dim(visibleLine(description))}`;
      return `  ${at + 1}  ${visibleLine(label)}${about}`;
    }),
    ...(more.length === 0 ? [] : [paint.dim(`  (${more.join(", ")})`)]),
    ...fields.map((field) => `  ${fieldText(field)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function fieldText(field: FormField): string {
  const { name, label, description, isRequired } = field;
  const kind =
    field.type === "choice"
      ? field.choices.map((choice) => visibleLine(choice.label)).join(" | ")
      : field.type === "boolean"
        ? "yes | no"
        : field.type;
  const title = label === name ? "" : ` ${visibleLine(label)}`;
  const about = description === null ? "" : `: ${visibleLine(description)}`;
  return `${visibleLine(name)}=<${kind}>${isRequired ? "" : " (may be left out)"}${title}${about}`;
}
