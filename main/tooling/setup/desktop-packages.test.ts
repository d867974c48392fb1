import { expect, it } from "vitest";
import { missingPackages } from "./desktop-packages.mjs";

it("names what dpkg does not know, or knows only as removed", () => {
  const listing = "installed xvfb\nconfig-files dunst\nnot-installed libnss3\n";
  expect(missingPackages(["xvfb", "dunst", "libnss3", "dbus"], listing)).toEqual([
    "dunst",
    "libnss3",
    "dbus",
  ]);
});

it("takes a library under its newer name", () => {
  expect(missingPackages(["libasound2"], "installed libasound2t64\n")).toEqual([]);
});

it("finds nothing installed in an empty answer", () => {
  expect(missingPackages(["xvfb"], "")).toEqual(["xvfb"]);
});
