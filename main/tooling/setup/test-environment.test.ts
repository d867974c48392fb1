import { expect, it } from "vitest";
import { withoutOwnSettings } from "./test-environment.mjs";

it.each(["OPENAI_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_BASE_URL", "GATEHOUSE_HOME", "GLUE_DAEMON_TOKEN"])(
  "hides %s from tests",
  (name) => {
    expect(withoutOwnSettings({ [name]: "x", PATH: "/bin" })).toEqual({ PATH: "/bin" });
  },
);
