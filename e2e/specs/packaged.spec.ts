import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { appEnvironment, program, readConnection } from "../fixtures/desktop/app.ts";
import { createApi } from "../fixtures/api.ts";
import { createGate } from "../fixtures/desktop/gate.ts";
import { eventually } from "../fixtures/eventually.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { writeFile as write } from "../fixtures/glue.ts";

test("the packaged app starts, shows a request and lets it be allowed", async ({
  place,
  trayHost,
  notices,
}) => {
  await writeFile(join(place.home, "desktop.json"), JSON.stringify({ firstRunDone: true }));
  const { executable, args } = program("packaged");
  const own = ["--home", place.home, "--work", place.work, "--metadata", place.metadata, "--hidden"];
  // Not through Playwright: what is installed lets nobody inspect it.
  const child = spawn(executable, [...args, ...own], { env: appEnvironment(place), stdio: "ignore" });
  const exited = once(child, "exit");
  try {
    const gate = createGate(createApi(await readConnection(place, child.pid ?? 0)));
    const tray = await trayHost.item(child.pid ?? 0);
    await expect.poll(() => tray.tooltip()).toBe("Gatehouse — Nothing waits for you");
    const request = await gate.ask("docs", write("a.txt", "packaged"));
    await notices.notice("wants to create a file");
    await eventually(
      () => readFile(join(place.home, "logs/gatehouse.log"), "utf8"),
      (log) => log.includes(`"permissionId":"${request.id}"`) && log.includes("popup painted"),
    );
    await tray.press(/a\.txt/, "Allow once");
    expect(await gate.settled(request.id)).toMatchObject({ status: "allowed", decidedBy: { kind: "tray" } });
    await gate.ended(request.runId);
    expect(await readFile(join(place.work, "a.txt"), "utf8")).toBe("packaged");
    await notices.none();
  } finally {
    child.kill("SIGTERM");
    const [code] = (await exited) as [number | null];
    expect(code).toBe(0);
  }
});
