import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";

/** "Glue contract 4.2" in a comment or in the name of a test is a place that can be looked up. */

const root = join(import.meta.dirname, "../../..");
const contract = readFileSync(join(import.meta.dirname, "contract.md"), "utf8");
const sections = new Set([...contract.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\b/gm)].map((match) => match[1]));

/** `Glue contract 2.3, 4.4`, `Glue contract 7.1–7.3`, `Glue contract, 4.4` */
const CITATION = /Glue contract,? (\d+(?:\.\d+)?(?:(?:, |–)\d+(?:\.\d+)?)*)/g;

function citations(): { place: string; section: string }[] {
  return ["main", "preload", "renderer", "e2e"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|tsx|md|exchanges)$/.test(file) && !file.endsWith("contract.test.ts"))
      .flatMap((file) => {
        const place = posix.join(folder, file.replaceAll("\\", "/"));
        // A comment may break the line in the middle.
        const text = readFileSync(join(root, place), "utf8").replaceAll(/\n\s*(?:\*|\/\/)?\s*/g, " ");
        return [...text.matchAll(CITATION)].flatMap((match) =>
          (match[1] ?? "").split(/, |–/).map((section) => ({ place, section })),
        );
      }),
  );
}

test("every section that code cites is in the contract beside the surface", () => {
  const cited = citations();
  expect(cited.length).toBeGreaterThan(25);
  const missing = cited.filter(({ section }) => !sections.has(section));
  expect(missing.map(({ place, section }) => `${place} cites ${section}`)).toEqual([]);
});
