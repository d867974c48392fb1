import { afterEach, beforeEach, expect, it } from "vitest";
import { ToolInfo } from "./contract.ts";
import { personAt } from "../../../contract/principal.ts";
import { createToolCatalog } from "./catalog.ts";
import { createToolRoutes } from "./routes.ts";

const coding = { enabled: true, allowOverwrite: false, allowBinaries: [] };
const catalog = createToolCatalog({ settings: () => coding, spoolDir: "/nowhere" });
beforeEach(() => void (coding.enabled = true));
afterEach(() => void (coding.enabled = true));

it("lists the tools in the order and with the permissions that Glue's clients know", () => {
  const rows = catalog
    .list()
    .map(({ info }) => [
      info.name,
      info.requiresPermission,
      info.permissionAction,
      info.permissionTargetPreview,
    ]);
  expect(rows).toEqual([
    ["read_file", false, null, null],
    ["write_file", true, "write_file", "write_file"],
    ["edit_file", true, "edit_file", "edit_file"],
    ["list_dir", false, null, null],
    ["find_files", false, null, null],
    ["grep", false, null, null],
    ["shell_exec", true, "exec", "shell_exec"],
    ["git_diff_branch", false, null, null],
    ["git_log_branch", false, null, null],
  ]);
});

it("describes arguments as JSON Schema, with defaults optional", () => {
  const write = catalog.find("write_file")?.info.parameters;
  expect(write).toMatchObject({ type: "object", required: ["path", "content"] });
  expect(write).not.toHaveProperty("$schema");
  for (const { info, permission } of catalog.list()) {
    expect(ToolInfo.safeParse(info).success).toBe(true);
    // The others ask for some calls only.
    expect(permission !== undefined && permission.isNeeded === undefined).toBe(info.requiresPermission);
  }
});

it("follows the settings", async () => {
  coding.enabled = false;
  expect(catalog.list()).toEqual([]);
  expect(catalog.find("grep")).toBeUndefined();
  const caller = personAt("window");
  expect(await createToolRoutes(catalog).listTools({}, caller)).toEqual({ tools: [] });
});
