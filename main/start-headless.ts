import * as nodeModule from "node:module";
import { join } from "node:path";
import { openNoDebugger } from "./kernel/no-debugger.ts";
import { withThriftyMemory } from "./kernel/thrifty-memory.ts";

openNoDebugger();
// Comes first: what follows is then read once, in the process that stays.
withThriftyMemory();

// What V8 makes of the program is kept beside it and read by the next start. It lies where only those can write who
// could change the program itself. Electron's Node may not know of this yet.
if ("enableCompileCache" in nodeModule)
  nodeModule.enableCompileCache(join(import.meta.dirname, "../compiled"));

// Bundled apart, so that the above comes before it is read.
nodeModule.createRequire(import.meta.url)("./headless-daemon.cjs");
