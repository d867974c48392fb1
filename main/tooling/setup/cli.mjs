// `npm run gatehouse -- …`: the command-line client.
import { runBundle } from "./bundle.mjs";
import { runScript } from "./failure.mjs";

await runScript(() => runBundle("cli.cjs", process.argv.slice(2)));
