import { connect } from "node:net";
import { expectNothingHappened } from "../../fixtures/refusals.ts";
import { expect, test } from "../../fixtures/test.ts";

/** As long as a request may take to arrive, and some more. */
const LONGEST_MS = 90_000;

/** Sends the beginning, then a drop now and then, and reads until it is hung up on. */
const trickle = (port: number, beginning: string, drop: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(beginning));
    const drops = setInterval(() => socket.write(drop), 500);
    const late = setTimeout(() => {
      clearInterval(drops);
      socket.destroy();
      reject(new Error(`it is still listened to: ${JSON.stringify(answer)}`));
    }, LONGEST_MS);
    socket.on("data", (part) => (answer += part.toString()));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearInterval(drops);
      clearTimeout(late);
      resolve(answer);
    });
  });

test("what arrives drop by drop is cut off, known caller or not, and nothing comes of it", async ({
  daemon,
}) => {
  test.setTimeout(LONGEST_MS + 30_000);
  const { port, token } = daemon;
  const start = (authorization: string) =>
    `POST /v1/sessions/s/runs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization}Content-Type: application/json\r\n`;
  const known = `Authorization: Bearer ${token}\r\n`;
  const answers = await Promise.all([
    trickle(port, `${start(known)}X: `, "x"),
    trickle(port, `${start(known)}Content-Length: 100000\r\n\r\n{`, " "),
    trickle(port, `${start(known)}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, "1\r\n \r\n"),
    trickle(port, `${start("")}Content-Length: 100000\r\n\r\n{`, " "),
  ]);
  for (const answer of answers.slice(0, 3)) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answers[3]).toMatch(/^HTTP\/1\.1 40[18] /);
  await expectNothingHappened(daemon.api);
});
