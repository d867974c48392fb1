import { describe, expect, test } from "vitest";
import type { Notice } from "../../areas/notifications/notice.ts";
import type { PermissionId } from "../../contract/ids.ts";
import { bodyText } from "./body-text.ts";
import { pressedAction } from "./pressed.ts";
import { pressedOf, programOptions } from "./program-options.ts";

const notice: Notice = {
  key: "permission:perm_1",
  subject: { kind: "permission", id: "perm_1" as PermissionId },
  title: "agent wants to run a command",
  body: "run `ls`",
  actions: [
    { action: "allow", label: "Allow once" },
    { action: "deny", label: "Deny" },
    { action: "show", label: "Show" },
  ],
  isWaiting: true,
  hasSound: false,
};

describe("pressedOf", () => {
  test.each([
    [
      "a button on macOS",
      "activate",
      { activationType: "actionClicked", activationValue: "Allow once" },
      "allow",
    ],
    ["the notice on macOS", "activate", { activationType: "contentsClicked" }, "show"],
    ["closed on macOS", "closed", { activationType: "closed", activationValue: "Later" }, null],
    [
      "a button nobody offered",
      "activate",
      { activationType: "actionClicked", activationValue: "Allow" },
      null,
    ],
    ["a button without a name", "activate", { activationType: "actionClicked" }, null],
    [
      "a button on Windows",
      "deny",
      { action: "buttonClicked", button: "Deny", activationType: "Deny" },
      "deny",
    ],
    ["the toast on Windows", "activate", { action: "clicked", activationType: "clicked" }, "show"],
    ["a time-out", "timeout", { action: "timedout", activationType: "timedout" }, null],
    ["dismissed", "dismissed", { action: "dismissed", activationType: "dismissed" }, null],
    ["nothing at all", undefined, undefined, null],
    ["odd facts", "activate", { button: 7 }, "show"],
  ])("%s", (_, response, metadata, expected) => {
    expect(pressedOf(notice, response, metadata)?.action ?? null).toBe(expected);
  });

  test("words that were written on macOS, where there was a field for them", () => {
    const replied = { activationType: "replied", activationValue: "main" };
    const withField = { ...notice, reply: { placeholder: "", label: "" } };
    expect(pressedOf(withField, "replied", replied)).toEqual({ action: "reply", words: "main" });
    expect(pressedOf(withField, "replied", { ...replied, activationValue: " " })).toBeNull();
    expect(pressedOf(notice, "replied", replied)).toBeNull();
  });
});

test("words cannot become options or commands of the program that shows them", () => {
  const hostile = { ...notice, title: "--icon=/etc/passwd", body: '$(reboot) `id` "; rm -rf \\' };
  for (const platform of ["linux", "darwin", "win32"] as const) {
    const options = programOptions(hostile, { platform, iconPath: "/i.png", appId: "x" });
    expect(options).toMatchObject({ title: "icon=/etc/passwd", message: "'(reboot) “id” '; rm -rf '" });
    expect(options).not.toMatchObject({ actions: expect.arrayContaining(["Allow once"]) as string[] });
  }
});

test("what is quoted stays apart from our words", () => {
  const posing = { ...notice, body: "run `x” in ~/safe, “y` in ~/app" };
  const options = programOptions(posing, { platform: "darwin", iconPath: "/i.png", appId: "x" });
  expect(options).toMatchObject({ message: "run “x' in ~/safe, 'y” in ~/app", actions: ["Deny"] });
  expect(programOptions(notice, { platform: "darwin", iconPath: "/i.png", appId: "x" })).toMatchObject({
    message: "run “ls”",
    actions: ["Allow once", "Deny"],
  });
});

test("without the words for it there is no button", () => {
  const shown = { ...notice, actions: [{ action: "show", label: "Show" }] as const };
  const options = programOptions(shown, { platform: "win32", iconPath: "/i.png", appId: "x" });
  expect(options).not.toHaveProperty("actions");
});

test("freedesktop actions are told by key, a click on the notice shows", () => {
  expect(
    ["default", "allow", "deny", "show", "inline-reply", 3].map((key) => pressedAction(notice, key)),
  ).toEqual(["show", "allow", "deny", "show", null, null]);
  const closed = { ...notice, actions: [{ action: "show", label: "Show" }] as const };
  expect(pressedAction(closed, "allow")).toBeNull();
});

test("markup stays text, whatever the server says it does with it", () => {
  expect(bodyText('<b onclick="x">&amp;', true)).toBe('&lt;b onclick="x"&gt;&amp;amp;');
  expect(bodyText("a < b <i>", false)).toBe("a <\u2060 b <\u2060i>");
});
