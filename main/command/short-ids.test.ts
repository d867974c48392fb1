import { expect, test } from "vitest";
import { CliError } from "./exit-codes.ts";
import { findById, shortId } from "./short-ids.ts";

const items = ["perm_aaaaaaaa1111", "perm_aaaaaaaa2222", "perm_bbbbbbbb0000"].map((id) => ({ id }));
const ids = items.map(({ id }) => id);

test("an id is shortened as far as it stays the only one", () => {
  expect(ids.map((id) => shortId(id, ids))).toEqual(["aaaaaaaa1", "aaaaaaaa2", "bbbbbbbb"]);
  expect(shortId("perm_abc", [])).toBe("abc");
});

test("found by its beginning, with or without prefix, in either case", () => {
  for (const given of ["bbbbbbbb", "BBBBBBBB0", "perm_bbbbbbbb", " perm_bbbbbbbb0000 "])
    expect(findById(items, given)?.id).toBe(ids[2]);
  for (const given of ["", "  ", "c", "0000", "perm_c"]) expect(findById(items, given)).toBeNull();
});

test("more than one is an error that names them", () => {
  expect(() => findById(items, "aaaaaaaa")).toThrow(
    new CliError('"aaaaaaaa" could be aaaaaaaa1, aaaaaaaa2. Give more of the id.', 2),
  );
});

test("too few digits mean none: whoever asks often enough has an id that begins so", () => {
  for (const given of ["b", "bbbbbbb", "p", "perm_", "perm_bbbbbbb", "aaaa"]) {
    expect(() => findById(items, given)).toThrow(
      new CliError(`"${given}" is too short: give the first 8 digits of the id, as they are listed.`, 2),
    );
  }
  expect(findById([{ id: "perm_abc" }], "abc")?.id).toBe("perm_abc");
});
