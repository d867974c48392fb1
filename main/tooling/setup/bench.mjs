// `npm run bench`: measures the built program, without Electron and in it.
import { join } from "node:path";
import { electronFlags, onDesktop, setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { projectNode, root } from "./places.mjs";
import { runInFront, toolEnvironment } from "./run.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  const electron = {
    GATEHOUSE_ELECTRON: runtime.executable,
    GATEHOUSE_ELECTRON_FLAGS: electronFlags().join(" "),
  };
  const env = { ...toolEnvironment(), ...settings, ...electron };
  const args = [join(root, "dist/main/bench.cjs"), ...process.argv.slice(2)];
  return onDesktop((desktop) => runInFront(projectNode, args, { env: { ...env, ...desktop } }));
});
