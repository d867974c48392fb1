import * as z from "zod";
import type { Inspection, Presentation, Subject } from "../../../inspection/contract.ts";
import { inspectCall } from "../../../inspection/inspect-call.ts";
import type { ToolResult } from "../../../runs/contract.ts";
import type { Tool, ToolArguments, ToolContext } from "../tool.ts";
import { ToolFailure, errorResult } from "./failure.ts";

/** For calls that need a permission. */
export interface Asked<A> {
  readonly action: string;
  /** Looks once at everything outside of the arguments that `execute` depends on. */
  look(args: A, context: ToolContext): Promise<Seen>;
}

/** What a call acts on, as it was at one moment. */
export interface Seen {
  readonly subject: Omit<Subject, "action"> & { readonly state: string };
  /**
   * Shows what was seen, without a second look: in between it could have become something else. Throws ToolFailure where
   * the call can't run, so that nobody is asked about it.
   */
  readonly present: () => Presentation | Promise<Presentation>;
}

/** For a tool of which only some calls need one. What `execute` does without it must be harmless. */
export interface SometimesAsked<A> extends Asked<A> {
  isNeeded(args: A, context: ToolContext): boolean;
}

export interface CodingTool<S extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly parameters: S;
  readonly permission?: Asked<z.output<S>> | SometimesAsked<z.output<S>>;
  /** May throw ToolFailure. */
  execute(args: z.output<S>, context: ToolContext): Promise<ToolResult>;
}

/** Adds what all of them share: checking the arguments, and turning failures into results. */
export function codingTool<S extends z.ZodObject>(tool: CodingTool<S>): Tool {
  const { name, description, parameters, permission } = tool;
  const isNeeded = permission !== undefined && "isNeeded" in permission ? permission.isNeeded : undefined;
  const isAlwaysAsked = permission !== undefined && isNeeded === undefined;
  const info = {
    name,
    description,
    parameters: jsonSchema(parameters),
    requiresPermission: isAlwaysAsked,
    permissionAction: isAlwaysAsked ? permission.action : null,
    permissionTargetPreview: isAlwaysAsked ? name : null,
  };
  const execute = async (args: ToolArguments, context: ToolContext): Promise<ToolResult> => {
    const parsed = parse(parameters, args);
    if (typeof parsed === "string") return errorResult(parsed);
    try {
      context.signal.throwIfAborted();
      return await tool.execute(parsed.args, context);
    } catch (error) {
      if (context.signal.aborted) return errorResult("stopped: the run was canceled");
      if (error instanceof ToolFailure) return errorResult(error.message);
      throw error;
    }
  };
  if (permission === undefined) return { info, execute };

  const { action } = permission;
  const look = async (args: ToolArguments, context: ToolContext): Promise<Inspected> => {
    const parsed = parse(parameters, args);
    if (typeof parsed === "string") {
      const subject = { action, target: name, remember: "once" } as const;
      return { subject, present: failsWith(parsed) };
    }
    const { subject, present } = await permission.look(parsed.args, context);
    return { subject: { ...subject, action }, present };
  };
  const inspect = async (args: ToolArguments, context: ToolContext): Promise<Inspection> => {
    const { subject, present } = await look(args, context);
    try {
      return { subject, presentation: await present() };
    } catch (error) {
      if (!(error instanceof ToolFailure)) throw error;
      const { presentation } = inspectCall({ kind: "call", tool: name, arguments: args });
      return { subject, presentation, refusal: { forModel: error.message, forPerson: error.forPerson } };
    }
  };
  const subject = async (args: ToolArguments, context: ToolContext): Promise<Subject> =>
    (await look(args, context)).subject;
  if (isNeeded === undefined) return { info, permission: { inspect, subject }, execute };
  const isNeededFor = (args: ToolArguments, context: ToolContext): boolean => {
    const parsed = parse(parameters, args);
    return typeof parsed !== "string" && isNeeded(parsed.args, context);
  };
  return { info, permission: { inspect, subject, isNeeded: isNeededFor }, execute };
}

interface Inspected extends Pick<Seen, "present"> {
  readonly subject: Subject;
}

const failsWith = (why: string) => (): never => {
  throw new ToolFailure(why, { forPerson: "Its arguments make no sense." });
};

/** Models often send null for what they leave out. */
function parse<S extends z.ZodObject>(schema: S, args: ToolArguments): { args: z.output<S> } | string {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { args: parsed.data };
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join(".") || "arguments"}: ${message}`);
  return `invalid arguments: ${issues.join("; ")}`;
}

function jsonSchema(schema: z.ZodObject): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input" });
  return rest;
}
