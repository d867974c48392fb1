import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createWorkspace, type WorkspaceFixture } from "../workspace.fixture.ts";
import { isInside, keepPrivate } from "./private-places.ts";

let w: WorkspaceFixture;
beforeEach(async () => {
  w = await createWorkspace();
  await w.put("data/gatehouse/daemon.json", "t0ken");
  await w.put("data/gatehouse/workspace/mine", "mine");
  await w.put("data/other", "other");
});
afterEach(() => w.remove());

const home = () => join(w.root, "data", "gatehouse");
const inHome = (name: string) => {
  const context = { ...w.context, workspace: home() };
  return w.tool("read_file").execute({ path: name }, context);
};

it("keeps every tool away from Gatehouse's own files when they lie in the workspace", async () => {
  symlinkSync(join("data", "gatehouse"), join(w.root, "link"));
  keepPrivate(home());
  for (const path of ["data/gatehouse/daemon.json", "link/daemon.json", "data/../link/daemon.json"]) {
    for (const [tool, args] of [
      ["read_file", { path }],
      ["write_file", { path, content: "x", overwrite: true }],
      ["edit_file", { path, old_string: "t0ken", new_string: "x" }],
      ["grep", { path, pattern: "t0ken" }],
      ["shell_exec", { argv: ["cat", "daemon.json"], dir: "data/gatehouse" }],
    ] as const) {
      const result = await w.call(tool, args);
      expect(result, `${tool} ${path}`).toMatchObject({ isError: true });
      expect(result.content).not.toContain("t0ken\n");
    }
  }
  expect(
    (await w.call("write_file", { path: "data/gatehouse/new/settings.json", content: "{}" })).isError,
  ).toBe(true);
  expect((await w.call("grep", { pattern: "t0ken" })).content).toBe("(no matches)");
  expect((await w.call("find_files", { pattern: "*" })).content).toBe("data/other");
  expect((await w.call("list_dir", { path: "data" })).content).not.toContain("gatehouse");
  expect((await w.call("read_file", { path: "data/other" })).content).toBe("other");
});

it("leaves a workspace inside them to the tools, but not the place itself", async () => {
  keepPrivate(home());
  expect(await inHome("daemon.json")).toMatchObject({ isError: true });
  const context = { ...w.context, workspace: join(home(), "workspace") };
  expect(await w.tool("read_file").execute({ path: "mine" }, context)).toMatchObject({ content: "mine" });
  expect(await w.tool("read_file").execute({ path: "../daemon.json" }, context)).toMatchObject({
    isError: true,
  });
});

it("takes a place that is not there yet, and one that is reached by a link", async () => {
  mkdirSync(join(w.root, "config"));
  symlinkSync("config", join(w.root, "conf"));
  keepPrivate(join(w.root, "conf", "glue", "daemon.json"));
  await w.put("config/glue/daemon.json", "t0ken");
  expect((await w.call("read_file", { path: "config/glue/daemon.json" })).isError).toBe(true);
  symlinkSync(join("data", "other"), join(w.root, "settings.json"));
  keepPrivate(join(w.root, "settings.json"));
  for (const path of ["settings.json", "data/other"]) {
    expect((await w.call("read_file", { path })).isError).toBe(true);
  }
});

it("is quick with a path of any length", async () => {
  const started = Date.now();
  for (const part of [".", " .", "_secre", "../", "a/"]) {
    expect((await w.call("read_file", { path: `${part.repeat(200_000)}x` })).isError).toBe(true);
  }
  expect(Date.now() - started).toBeLessThan(1_000);
});

it("tells what is inside a folder by places and not by letters", () => {
  const folder = join(w.root, "a");
  const inside = ["", "/", "/b", "/b/../c", "/.hidden", "/..b", "/b/", "//b", "/./b", "/b/.."];
  const outside = ["b", "b/c", "/..", "/../b", "/b/../../c", "/../a.b", ".b"];
  for (const rest of inside) expect(isInside(folder, folder + rest), rest).toBe(true);
  for (const rest of outside) expect(isInside(folder, folder + rest), rest).toBe(false);
  expect(isInside(`${folder}/`, join(folder, "b"))).toBe(true);
  expect(isInside("/", folder)).toBe(true);
  expect(isInside(folder, w.root)).toBe(false);
  expect(isInside(folder, "/")).toBe(false);
});
