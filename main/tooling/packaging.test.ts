import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

function dependenciesOf(name: string, found = new Set<string>()): Set<string> {
  const manifest = `node_modules/${name}/package.json`;
  if (found.has(name) || !existsSync(manifest)) return found;
  found.add(name);
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) dependenciesOf(dependency, found);
  return found;
}

it("ships the supervisor where it can be started", () => {
  const [files = "", unpacked = ""] = readFileSync("electron-builder.yml", "utf8").split("asarUnpack:");
  expect(files).toContain("- dist/native/supervisor\n");
  expect(unpacked).toContain("- dist/native/**\n");
});

it("ships everything that node-notifier needs at run time", () => {
  const config = readFileSync("electron-builder.yml", "utf8");
  const [, list = ""] = /node_modules\/\{(node-notifier[^}]*)\}/.exec(config) ?? [];
  expect(list.split(",").toSorted()).toEqual([...dependenciesOf("node-notifier")].toSorted());
});
