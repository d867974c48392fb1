import * as z from "zod";
import { MAX_MEMORY_CHARACTERS, MAX_MEMORY_TAGS, MAX_TAG_CHARACTERS } from "../../contract/limits.ts";
import type { Tool, ToolArguments, ToolContext, ToolInspection } from "../catalogs/tools/tool.ts";
import { inspectCall } from "../inspection/inspect-call.ts";
import type { ToolResult } from "../runs/contract.ts";
import { inspectKeeping } from "./keeping.ts";
import { fitText } from "./memory-text.ts";
import type { MemoryService } from "./service.ts";
import { keepRuleFor, type MemorySettings } from "./settings/contract.ts";

const NAME = "remember";

const Arguments = z.object({
  content: z
    .string()
    .describe(
      `What is to be known later, in words that make sense alone. At most ${MAX_MEMORY_CHARACTERS} characters.`,
    ),
  tags: z
    .array(z.string().describe(`At most ${MAX_TAG_CHARACTERS} characters.`))
    .describe(`A few words to find it by, at most ${MAX_MEMORY_TAGS}.`)
    .nullish(),
});

const parameters = (): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(Arguments, { io: "input" });
  return rest;
};

type Read =
  | { readonly isFit: true; readonly content: string; readonly tags: readonly string[] }
  | { readonly isFit: false; readonly forModel: string; readonly forPerson: string };

function read(args: ToolArguments): Read {
  const parsed = Arguments.safeParse(args);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") || "arguments";
    return {
      isFit: false,
      forModel: `invalid arguments: ${where}: ${issue?.message ?? "wrong"}`,
      forPerson: "Its arguments made no sense.",
    };
  }
  const fit = fitText(parsed.data.content, parsed.data.tags ?? []);
  return fit.isFit ? fit : { isFit: false, forModel: `${NAME}: ${fit.words}`, forPerson: fit.words };
}

/** Lets an agent keep something for later runs, as far as the person lets it. */
export function createRemember(
  service: Pick<MemoryService, "keep" | "findLike">,
  settings: () => MemorySettings,
): Tool {
  const ruleFor = ({ clientId }: ToolContext): NonNullable<ToolInspection["rule"]> => {
    const { rule, whose } = keepRuleFor(settings(), clientId);
    if (rule === "ask") return { verdict: "ask" };
    const name = `memories${whose === null ? "" : ` of ${whose}`}: ${rule}`;
    if (rule === "always") return { verdict: "allow", rule: name };
    return { verdict: "deny", rule: name, reason: "permission denied: nothing may be kept in memory" };
  };
  const subjectOf = (args: ToolArguments) => {
    const text = read(args);
    if (text.isFit) return inspectKeeping(text);
    const { forModel, forPerson } = text;
    const { presentation } = inspectCall({ kind: "call", tool: NAME, arguments: args });
    return {
      subject: { action: NAME, target: NAME, remember: "once" },
      presentation,
      refusal: { forModel, forPerson },
    } as const;
  };
  const error = (content: string): ToolResult => ({ content, isError: true });

  return {
    info: {
      name: NAME,
      description:
        "Keep a fact, a decision or a preference for later runs, in a few sentences. Later runs are told of what has to do " +
        "with their prompt. Not for secrets, and not for what the files say already.",
      parameters: parameters(),
      requiresPermission: true,
      permissionAction: NAME,
      permissionTargetPreview: NAME,
    },
    permission: {
      inspect: async (args, context) => ({ ...subjectOf(args), rule: ruleFor(context) }),
      subject: async (args) => subjectOf(args).subject,
    },
    async execute(args, context) {
      const text = read(args);
      if (!text.isFit) return error(text.forModel);
      const rule = ruleFor(context);
      if (context.isPermitted !== true || rule.verdict === "deny") {
        return error("permission denied: nothing may be kept in memory");
      }
      const like = service.findLike(text.content);
      if (like !== null)
        return { content: `kept already as ${like.id}`, isError: false, metadata: { id: like.id } };
      const { runId, sessionId, callId, clientId } = context;
      const { id } = service.keep(text, { kind: "run", runId, callId, sessionId, clientId });
      return { content: `remembered as ${id}`, isError: false, metadata: { id } };
    },
  };
}
