import { createRecallEngine } from "../engine.ts";

/** Indexes until somebody ends this process. */
const [, , indexFile = "", historyFile = ""] = process.argv;
const engine = createRecallEngine(indexFile, historyFile);
while (engine.slice(5));
process.stdout.write("done\n");
