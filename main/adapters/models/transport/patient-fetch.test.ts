import { createServer, type RequestListener, type Server } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { patientFetch } from "./patient-fetch.ts";

async function serve(answer: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`, server };
}

test("repeats a request that met a connection the server had just closed", async () => {
  const bodies: string[] = [];
  let connections = 0;
  const { url, server } = await serve((request, response) => {
    request.setEncoding("utf8").on("data", (chunk: string) => bodies.push(chunk));
    request.on("end", () => {
      // Closes without a word when the connection is used a second time.
      if (bodies.length === 2) request.socket.destroy();
      else response.end("fine");
    });
  });
  server.on("connection", () => (connections += 1));
  for (let round = 0; round < 2; round += 1) {
    const response = await patientFetch(url, { method: "POST", body: `round ${round}` });
    expect(await response.text()).toBe("fine");
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(bodies).toEqual(["round 0", "round 1", "round 1"]);
  expect(connections).toBe(2);
});

test("does not repeat a request on a fresh connection", async () => {
  let requests = 0;
  const { url } = await serve((request) => {
    requests += 1;
    request.socket.destroy();
  });
  await expect(patientFetch(url, { method: "POST", body: "x" })).rejects.toMatchObject({
    code: "ECONNRESET",
  });
  expect(requests).toBe(1);
});

test("names the new address instead of carrying the key there", async () => {
  const { url } = await serve((_, response) =>
    response.writeHead(308, { location: "https://elsewhere.invalid/v1" }).end(),
  );
  const response = await patientFetch(url, { headers: { authorization: "Bearer k" } });
  expect(response.status).toBe(308);
  expect(await response.json()).toMatchObject({
    error: { message: "the address has moved to https://elsewhere.invalid/v1" },
  });
});

test("reads only the beginning of an endless error page", async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(500, { "content-type": "text/plain" });
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(16_384))) continue;
    };
    response.on("drain", more);
    more();
  });
  const body = await (await patientFetch(url)).text();
  expect(body.length).toBeLessThan(4_000);
});

test("gives up on an answer that never ends", async () => {
  const piece = Buffer.alloc(1024 * 1024, "x");
  let left = false;
  const { url } = await serve((_request, response) => {
    const write = () => {
      while (!left && response.write(piece));
    };
    response.on("drain", write).on("close", () => (left = true));
    write();
  });
  const response = await patientFetch(url, { method: "POST" });
  let received = 0;
  const reading = (async () => {
    for await (const chunk of response.body ?? []) received += chunk.length;
  })();
  await expect(reading).rejects.toThrow("longer than 64 MiB");
  expect(received).toBeLessThanOrEqual(64 * 1024 * 1024);
  await expect.poll(() => left).toBe(true);
});

test("a list is shorter", async () => {
  const { url } = await serve((_request, response) => void response.end("x".repeat(3 * 1024 * 1024)));
  await expect(patientFetch(url)).rejects.toThrow("longer than 2 MiB");
});

test("a list with more in it than any honest one is refused before it is parsed", async () => {
  const { url } = await serve((_request, response) => void response.end(`[${"{},".repeat(200_000)}{}]`));
  await expect(patientFetch(url)).rejects.toMatchObject({
    isFinal: true,
    message: "the server's answer was not taken: it has more than 100,000 values",
  });
});

test("bytes that come one by one are handed on in few pieces", async () => {
  const { url } = await serve((_request, response) => {
    response.flushHeaders();
    response.socket?.cork();
    for (let at = 0; at < 20_000; at += 1) response.write("x");
    response.socket?.uncork();
    response.end();
  });
  const response = await patientFetch(url, { method: "POST" });
  let pieces = 0;
  let received = 0;
  for await (const chunk of response.body ?? []) {
    pieces += 1;
    received += chunk.length;
  }
  expect(received).toBe(20_000);
  expect(pieces).toBeLessThan(200);
});
