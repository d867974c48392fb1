import { mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { createCore, until } from "../../testing/core.ts";
