import * as z from "zod";
import { defineArea } from "../../../contract/define.ts";
import { codingSettings } from "./settings/contract.ts";

export const ToolInfo = z.object({
  name: z.string(),
  description: z.string(),
  /** JSON Schema of the arguments. */
  parameters: z.record(z.string(), z.unknown()),
  requiresPermission: z.boolean(),
  permissionAction: z.string().nullable(),
  permissionTargetPreview: z.string().nullable(),
});
export type ToolInfo = z.infer<typeof ToolInfo>;

export const tools = defineArea({
  name: "tools",
  settings: codingSettings,
  nouns: { ToolInfo },
  endpoints: {
    listTools: {
      method: "GET",
      path: "/tools",
      summary: "The tools an agent run can use.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: z.object({ tools: z.array(ToolInfo) }),
    },
  },
  events: {},
  errors: {},
});
