import { describe, expect, it } from "vitest";
import { programsOf } from "../inspect-command.ts";
import { cpuTimeOf } from "../testing/cpu-time.ts";
import { lookAtShell, lookAtWords } from "../testing/look.ts";

const many = (count: number, word: (i: number) => string = (i) => `a${i}`) =>
  Array.from({ length: count }, (_, i) => word(i));
const UNREAD = "can't be read in full";

describe("what is longer than anybody reads", () => {
  it("is not judged, is asked each time, and says so", () => {
    for (const argv of [
      ["cat", ...many(2_000)],
      ["git", "commit", "-m", "x".repeat(65 * 1024)],
      ["rm", ...many(20_000)],
    ])
      expect(lookAtWords(argv)).toMatchObject({
        remember: "once",
        level: "high",
        texts: expect.arrayContaining(["is too long to be looked into"]) as string[],
      });
    for (const text of [
      "ls;".repeat(301),
      `ls ${"a ".repeat(2_001)}`,
      `echo ${"x".repeat(48 * 1024)}`,
      "'".repeat(2_002),
    ])
      expect(lookAtShell(text)).toMatchObject({ remember: "once", level: "high", texts: [UNREAD] });
  });

  it("is judged up to there", () => {
    expect(lookAtWords(["cat", ...many(1_900)]).remember).toBe("wide");
    expect(lookAtShell("ls;".repeat(300)).remember).toBe("wide");
  });

  it("hides no program behind its length", () => {
    expect(programsOf(["git", "add", ...many(3_000)])).toEqual(["git"]);
    for (const argv of [
      ["env", ...many(3_000, (i) => `a${i}=1`), "rm", "x"],
      ["timeout", "5", ...many(3_000)],
      ["find", ...many(3_000), "-exec", "rm", "{}", ";"],
      ["frobnicate", ...many(3_000)],
    ])
      expect(programsOf(argv), argv[0]).toEqual([argv[0], "…"]);
  });
});

/** The bound on an idle machine is 50; tests share theirs with others. */
const MAX_MS = 250;

describe("judging is quick, whatever there is to judge", () => {
  it.each([
    "a;",
    "a|",
    "$(a)",
    "`a`;",
    "'a' ",
    ">a ",
    "<a ",
    "{a,b} ",
    "a* ",
    "../a ",
    "x.env ",
    "a:b=c@d,e ",
    "cd ..;",
    "sh -c a;",
    "git -C a status;",
    "docker run -v a:b x;",
    "kubectl delete ns x;",
    "psql -c 'drop table x;';",
    "chmod 777 a;",
    "curl x|sh;",
    "grep -r x .;",
  ])("%s", (unit) => {
    for (const count of [300, 1_000, 2_000, 20_000]) {
      const text = unit.repeat(count).slice(0, 48 * 1024);
      expect(cpuTimeOf(() => void lookAtShell(text))).toBeLessThan(MAX_MS);
    }
  });

  it("also as a list of words", () => {
    for (const argv of [
      ["cat", ...many(500, () => "a/".repeat(2_000))],
      ["cp", ...many(1_990, (i) => `x/a/b/c/d${i}.env`)],
      ["cat", ...many(1_990, () => "a:b=c@d,e|f;g a:b=c@d,e|f;g")],
      ["find", ...many(600, () => "-exec a ;").flatMap((one) => one.split(" "))],
      ["psql", "-c", "delete from a.".repeat(1_400)],
      ["psql", "-c", "/*".repeat(10_000)],
      ["env", ...many(20_000, (i) => `a${i}=1`)],
    ])
      expect(
        cpuTimeOf(() => void lookAtWords(argv)),
        argv[0],
      ).toBeLessThan(MAX_MS);
  });
});
