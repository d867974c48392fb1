// `npm run daemon -- …`: the daemon without Electron.
import { runBundle } from "./bundle.mjs";
import { runScript } from "./failure.mjs";

await runScript(() => runBundle("headless.cjs", process.argv.slice(2)));
