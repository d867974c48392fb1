import { build } from "esbuild";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WebSocket } from "ws";
import { createApi } from "../fixtures/api.ts";
import { appEnvironment, program, root } from "../fixtures/desktop/app.ts";
import { expect, test } from "../fixtures/desktop/test.ts";
import { eventually } from "../fixtures/eventually.ts";

test("WebSockets of the surface kit work inside of Electron", async ({ place }) => {
  const folder = join(place.work, "echo");
  await build({
    absWorkingDir: root,
    entryPoints: ["main/surfaces/testing/echo/start.ts"],
    outfile: join(folder, "index.cjs"),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "echo", version: "0.0.0", main: "index.cjs" }),
  );
  const { executable, args } = program("source", folder);
  const child = spawn(executable, args, { env: appEnvironment(place), stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(child, "exit");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  try {
    await eventually(
      () => Promise.resolve(said),
      (text) => /^electron \d+\.\S+ port \d+$/m.test(text),
      15_000,
    );
    const port = Number(/port (\d+)/.exec(said)?.[1]);
    const authorization = Buffer.from("Bearer gö", "utf8").toString("latin1");
    const open = (headers: Record<string, string>) =>
      new WebSocket(`ws://127.0.0.1:${port}/echo`, ["echo.v1"], { headers });

    const socket = open({ authorization });
    await once(socket, "open");
    expect(socket.protocol).toBe("echo.v1");
    for (const text of ["hello", "ü✓", "x".repeat(900_000)]) {
      const answered = once(socket, "message") as Promise<[Buffer]>;
      socket.send(text);
      expect((await answered)[0].toString("utf8") === text, text.slice(0, 20)).toBe(true);
    }
    // It is asked whether it is still there, and answers.
    await once(socket, "ping");
    await once(socket, "ping");
    expect(socket.readyState).toBe(WebSocket.OPEN);
    const closed = once(socket, "close") as Promise<[number]>;
    socket.send("x".repeat(1_000_001));
    expect((await closed)[0]).toBe(1009);
    await eventually(
      () => Promise.resolve(said),
      (text) => text.includes("left"),
    );

    for (const [headers, status] of [
      [{}, 401],
      [{ authorization, origin: "http://evil.example" }, 403],
    ] as const) {
      const [, answer] = (await once(open({ ...headers }), "unexpected-response")) as [
        unknown,
        { statusCode: number },
      ];
      expect(answer.statusCode).toBe(status);
    }
    const plain = await createApi({ port, token: "gö" }).get("/echo");
    expect(plain).toMatchObject({ status: 426, text: "speak WebSocket" });
  } finally {
    child.kill("SIGKILL");
    await exited;
  }
});
