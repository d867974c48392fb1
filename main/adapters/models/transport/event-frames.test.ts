import { describe, expect, test } from "vitest";
import { eventFrames, parseFrame } from "./event-frames.ts";

/** The text as a response, cut into pieces of so many bytes. */
function responseOf(text: string, size = Infinity): Response {
  const bytes = Buffer.from(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
    },
  });
  return new Response(body);
}

async function framesOf(text: string, size?: number): Promise<[string, string][]> {
  const frames: [string, string][] = [];
  for await (const { event, data } of eventFrames(responseOf(text, size)))
    frames.push([event, data.toString()]);
  return frames;
}

describe("events of a stream", () => {
  test.each([
    [
      "data: a\n\ndata:b\n\n",
      [
        ["", "a"],
        ["", "b"],
      ],
    ],
    [
      "event: x\ndata: 1\n\ndata: 2\n\n",
      [
        ["x", "1"],
        ["", "2"],
      ],
    ],
    [
      "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
      [
        ["", "a\nb"],
        ["", "c"],
      ],
    ],
    [
      "data: a\rdata: b\r\rdata: c\r\r",
      [
        ["", "a\nb"],
        ["", "c"],
      ],
    ],
    [": a comment\n\n\nid: 1\nretry: 5\n\nevent: lonely\n\ndata: a\n\n", [["", "a"]]],
    [
      "data\n\ndata:\n\n",
      [
        ["", ""],
        ["", ""],
      ],
    ],
    ["data: ✓ \u{1f600} ü\n\n", [["", "✓ \u{1f600} ü"]]],
    ["data: never ended", [["", "never ended"]]],
    ["noise without a colon\ndata: a\n\n", [["", "a"]]],
    ["", []],
  ])("%j", async (text, frames) => {
    for (const size of [1, 2, 3, 7, Infinity])
      expect(await framesOf(text, size), `in ${size}s`).toEqual(frames);
  });

  test("a response without a body has none", async () => {
    for await (const frame of eventFrames(new Response(null))) throw new Error(frame.event);
  });

  test.each([
    ["one line", `data: ${"x".repeat(5 * 1024 * 1024)}`],
    ["many lines", "data: x\n".repeat(1024 * 1024)],
    ["a line that is no data", "x".repeat(5 * 1024 * 1024)],
  ])("what is longer than 4 MiB in %s is refused for good", async (_, text) => {
    await expect(framesOf(text, 64 * 1024)).rejects.toMatchObject({
      name: "ModelError",
      isFinal: true,
      message: "the model's answer was not taken: a piece of it is longer than 4 MiB",
    });
  });

  test("take time in proportion to their bytes, in whatever pieces these come", async () => {
    const line = `data: ${"x".repeat(2 * 1024 * 1024)}\n\n`;
    const short = "data: {}\n\n".repeat(100_000);
    const used = process.cpuUsage();
    expect(await framesOf(line, 64)).toHaveLength(1);
    expect(await framesOf(short, 64 * 1024)).toHaveLength(100_000);
    // Reading all of the line again with each piece would be 32 GB.
    expect(process.cpuUsage(used).user / 1e6).toBeLessThan(5);
  });

  test("give way: everything else has its turn while a long answer is there already", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await framesOf("data: {}\n\n".repeat(200_000), 64 * 1024);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe("what an event carries", () => {
  const frame = (data: string) => ({ event: "", data: Buffer.from(data) });

  const long = "x✓".repeat(200_000);

  test("is JSON, however long", async () => {
    expect(parseFrame(frame('{"a":[1,"✓"]}'))).toEqual({ a: [1, "✓"] });
    expect(() => parseFrame(frame("{nonsense"))).toThrow(SyntaxError);
    expect(await parseFrame(frame(`["${long}"]`))).toEqual([long]);
    await expect(parseFrame(frame(`["${long}`))).rejects.toThrow(SyntaxError);
  });

  test("is looked at in turns when it is long", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await parseFrame(frame(`["${long.repeat(5)}${"\\n".repeat(1_000_000)}"]`));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  test.each([
    ["[".repeat(100_000), "more than 200 levels of nesting"],
    [`[${"{},".repeat(100_000)}{}]`, "more than 10,000 values"],
    [`[${"{},".repeat(10_000)}{}]`, "more than 10,000 values"],
  ])("is not parsed when it has too much", async (data, excess) => {
    const refused = expect.objectContaining({
      isFinal: true,
      message: expect.stringContaining(excess) as string,
    }) as unknown;
    await expect((async () => parseFrame(frame(data)))()).rejects.toEqual(refused);
  });
});
