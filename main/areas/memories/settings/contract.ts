import * as z from "zod";
import { defineSection, type SectionValues } from "../../../contract/settings-section.ts";

/** What happens when an agent wants to keep something. What looks like a secret is asked about in any case. */
export const KeepRule = z.enum(["always", "ask", "never"]);
export type KeepRule = z.infer<typeof KeepRule>;

const MemorySettings = z.object({
  /** Agents have the tool `remember`, and runs are told what is kept. */
  enabled: z.boolean().default(true),
  keep: KeepRule.default("ask"),
  /** By client: its whole name, or its channel, which is what stands before the first colon. */
  clients: z.record(z.string(), KeepRule).default({}),
  /** How much of a run's context memories may take, in tokens; 0 gives none. */
  contextTokens: z.int().min(0).max(16_000).default(1_000),
});
export type MemorySettings = z.output<typeof MemorySettings>;

const STRICTEST_FIRST: readonly KeepRule[] = ["never", "ask", "always"];

const nameOf = (client: string) => client.trim().toLowerCase();

/** A terminal client calls itself by its process id, which no later one will have. */
const withoutProcess = (client: string) => client.replace(/^(cli|dashboard):\d+$/, "$1");

/** The rule for a client: of its whole name, else of its channel, else the general one. The stricter of two holds. */
export function keepRuleFor(
  { keep, clients }: Pick<MemorySettings, "keep" | "clients">,
  clientId: string,
): { readonly rule: KeepRule; readonly whose: string | null } {
  const name = withoutProcess(nameOf(clientId));
  const colon = name.indexOf(":");
  for (const whose of [name, ...(colon > 0 ? [name.slice(0, colon)] : [])]) {
    const rules = Object.entries(clients).flatMap(([given, rule]) => (nameOf(given) === whose ? [rule] : []));
    const rule = STRICTEST_FIRST.find((each) => rules.includes(each));
    if (rule !== undefined && whose !== "") return { rule, whose };
  }
  return { rule: keep, whose: null };
}

const isLooser = (after: KeepRule, before: KeepRule) =>
  STRICTEST_FIRST.indexOf(after) > STRICTEST_FIRST.indexOf(before);

const sentence = (whose: string, rule: KeepRule) =>
  rule === "always"
    ? `${whose} could keep memories without asking.`
    : `${whose} could ask to keep memories instead of being refused.`;

function loosenedRules(before: MemorySettings, after: MemorySettings): string[] {
  const general = isLooser(after.keep, before.keep)
    ? [sentence("Agents without a rule of their own", after.keep)]
    : [];
  const names = new Set([...Object.keys(before.clients), ...Object.keys(after.clients)].map(nameOf));
  const byClient = [...names].flatMap((name) => {
    const [was, is] = [keepRuleFor(before, name).rule, keepRuleFor(after, name).rule];
    // Who goes by the general rule now and before is told of above.
    const isGeneral = keepRuleFor(before, name).whose === null && keepRuleFor(after, name).whose === null;
    return !isGeneral && isLooser(is, was) ? [sentence(name, is)] : [];
  });
  return [...general, ...byClient];
}

export const memorySettings = defineSection({
  name: "memories",
  schema: MemorySettings,
  loosens(before, after) {
    const told = (settings: MemorySettings) => settings.enabled && settings.contextTokens > 0;
    return [
      ...(after.enabled && !before.enabled ? ["Agents could ask to keep memories."] : []),
      ...(told(after) && !told(before) ? ["Models would be told what is kept in Memory."] : []),
      ...loosenedRules(before, after),
    ];
  },
});
export type MemorySettingValues = SectionValues<typeof memorySettings>;
