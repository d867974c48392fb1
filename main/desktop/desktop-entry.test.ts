import { expect, test } from "vitest";
import { desktopEntry } from "./desktop-entry.ts";

const exec = (...command: string[]) => /^Exec=(.*)$/m.exec(desktopEntry({ command, environment: {} }))?.[1];

test("every argument is one argument again", () => {
  expect(exec("/opt/My Apps/gatehouse", "--hidden")).toBe('"/opt/My Apps/gatehouse" "--hidden"');
  expect(exec('a"b', "$HOME", "50%", "c\\d")).toBe(String.raw`"a\\"b" "\\$HOME" "50%%" "c\\\\d"`);
});

test("settings are handed on", () => {
  const entry = desktopEntry({ command: ["/opt/gatehouse"], environment: { GATEHOUSE_HOME: "/x y" } });
  expect(entry).toContain('Exec="/usr/bin/env" "GATEHOUSE_HOME=/x y" "/opt/gatehouse"\n');
});

test("no argument can add a line of its own", () => {
  expect(() => exec("/opt/x\nExec=evil")).toThrow();
});
