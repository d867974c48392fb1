import type { Tool, ToolArguments, ToolContext } from "../areas/catalogs/tools/tool.ts";
import type { Presentation, Subject } from "../areas/inspection/contract.ts";
import type { ToolResult } from "../areas/runs/contract.ts";

export interface RecordingTool extends Tool {
  readonly executed: readonly ToolArguments[];
}

export interface RecordingToolOptions {
  readonly asks?: boolean;
  readonly subject?: (args: ToolArguments) => Subject;
  readonly present?: (args: ToolArguments) => Presentation;
  readonly execute?: (args: ToolArguments, context: ToolContext) => ToolResult | Promise<ToolResult>;
}

/** A tool that does nothing but remember its calls. Its target is the argument `value`. */
export function createRecordingTool(name: string, options: RecordingToolOptions = {}): RecordingTool {
  const executed: ToolArguments[] = [];
  const asks = options.asks ?? true;
  const subject =
    options.subject ?? ((args) => ({ action: "touch", target: valueOf(args), remember: "wide" }));
  const present = options.present ?? ((args) => presentationOf(name, args));
  return {
    executed,
    info: {
      name,
      description: "",
      parameters: {},
      requiresPermission: asks,
      permissionAction: asks ? "touch" : null,
      permissionTargetPreview: asks ? "" : null,
    },
    ...(asks
      ? {
          permission: {
            // What these throw is a rejection, as of a tool that reads the disk.
            inspect: async (args: ToolArguments) => ({ subject: subject(args), presentation: present(args) }),
            subject: async (args: ToolArguments) => subject(args),
          },
        }
      : {}),
    async execute(args, context) {
      executed.push(args);
      return (await options.execute?.(args, context)) ?? { content: "ok", isError: false };
    },
  };
}

export function presentationOf(name: string, args: ToolArguments): Presentation {
  return {
    wants: "wants to touch something",
    act: `touch \`${valueOf(args)}\``,
    body: { kind: "call", text: `${name} ${JSON.stringify(args)}` },
    risks: [{ kind: "writes", level: "medium", text: "writes", why: "It writes." }],
  };
}

function valueOf({ value }: ToolArguments): string {
  return typeof value === "string" ? value : "";
}
