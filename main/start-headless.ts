import * as nodeModule from "node:module";
import { join } from "node:path";

// What V8 makes of the program is kept beside it and read by the next start. It lies where only those can write who
// could change the program itself. Electron's Node may not know of this yet.
if ("enableCompileCache" in nodeModule)
  nodeModule.enableCompileCache(join(import.meta.dirname, "../compiled"));

// Bundled apart, so that the above comes before it is read.
nodeModule.createRequire(import.meta.url)("./headless-daemon.cjs");
