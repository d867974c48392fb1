import { describe, expect, it } from "vitest";
import { preview, visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  it.each([
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u0000\u001b[31m\u007f\u0085", "\\x00\\x1b[31m\\x7f\\u0085"],
    ["\u202etxt.exe\u2066\u200b\u200f\ufeff\u00ad", "\\u202etxt.exe\\u2066\\u200b\\u200f\\ufeff\\u00ad"],
    ["a\u00a0b\u2028c\u3000d\u3164e\u2800f", "a\\u00a0b\\u2028c\\u3000d\\u3164e\\u2800f"],
    ["\u{e0041}\u{1f600}\ufe0f", "\\U000e0041\u{1f600}\\ufe0f"],
    ["\ud800x", "\\ud800x"],
    ["a\u{16fe4}b\u{1d159}c\u{13441}", "a\\U00016fe4b\\U0001d159c\\U00013441"],
    ["naïve Ωμέγα мега 漢字カナ漢 שלום", "naïve Ωμέγα мега 漢字カナ漢 שלום"],
  ])("shows every character of %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it.each([
    ["p\u0430ypal", "p\\u0430ypal"],
    ["\u0440\u0430\u0443\u0440\u0430\u04cf.com", "\\u0440\\u0430\\u0443\\u0440\\u0430\\u04cf.com"],
    ["\u0441\u0441 -o x", "\\u0441\\u0441 -o x"],
    ["\u0391\u0444", "\\u0391\u0444"],
    ["\uff47\uff49\uff54 \u{1d420} \u017f", "\\uff47\\uff49\\uff54 \\U0001d420 \\u017f"],
    ["github.com\u2215x\u2010y\u2236z", "github.com\\u2215x\\u2010y\\u2236z"],
    ["cafe\u0301 a\u20dd", "cafe\\u0301 a\\u20dd"],
  ])("marks what passes for something else in %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it("leaves languages as they are written", () => {
    for (const text of [
      "файл.txt: со мной и оса",
      "Ωμέγα — αρχή",
      "日本語テキストとASCII混じり",
      "한국어 Text",
      "हिन्दी ไทย עִבְרִית مُحَمَّد",
      "Größe, façade, Ångström, İstanbul, Đà Nẵng",
      "5 µm, 3 ² ½ … “quotes” – —",
    ])
      expect(visibleText(text)).toBe(text);
  });

  it("takes little time on a megabyte of words", () => {
    const text = "путь к файлу р\u0430ypal \u0440\u0430\u0443 ".repeat(40_000);
    const before = process.cpuUsage();
    visibleText(text);
    const { user } = process.cpuUsage(before);
    expect(user / 1000).toBeLessThan(3_000);
  });

  it("keeps what it is told to", () => expect(visibleText("a\n\tb\r", "\n\t")).toBe("a\n\tb\\r"));
});

describe("preview", () => {
  it("is one line of at most so many characters, and says that it was cut", () => {
    expect(preview("short", 10)).toBe("short");
    expect(preview("0123456789", 10)).toBe("0123456789");
    expect(preview("0123456789a", 10)).toBe("012345678…");
    expect(preview("\n\n\n\n\n\n", 10)).toBe("\\n\\n\\n\\n\\…");
    expect(preview("\u{1f600}".repeat(10), 4)).toBe("\u{1f600}…");
    expect(preview("x".repeat(10_000_000), 10)).toHaveLength(10);
  });
});
