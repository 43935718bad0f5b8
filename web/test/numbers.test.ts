import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf, withWholeFigures } from "../src/text/language";
import { chinese } from "../src/text/chinese";
import { english } from "../src/text/english";
import { Numbers } from "../src/text/numbers";

const en = new Numbers("en");
const zh = new Numbers("zh");

test("unknown is a dash and never a zero", () => {
  for (const text of [en.count(null), en.measure(undefined), en.percent(null), en.bytes(null), en.milliseconds(null), en.inUnit(null, "bytes")]) assert.equal(text, "–");
});

test("counts have all their digits", () => {
  assert.equal(en.count(11_874), "11,874");
  assert.equal(en.compact(11_874), "11.9K");
  assert.equal(en.compact(9_999), "9,999");
});

test("a change has a sign", () => {
  assert.deepEqual([12, -1234, 0].map((value) => en.change(value)), ["+12", "−1,234", "±0"]);
});

test("a little is more than nothing", () => {
  assert.deepEqual([0, 0.03, 4.5, 77.4, 130].map((value) => en.percent(value)), ["0 %", "< 0.1 %", "4.5 %", "77 %", "130 %"]);
});

test("bytes come in the largest unit that fits", () => {
  assert.deepEqual([0, 1023, 1536, 1_610_612_736].map((value) => en.bytes(value)), ["0 B", "1,023 B", "1.5 KiB", "1.5 GiB"]);
});

test("a duration has its two largest units", () => {
  assert.deepEqual([0.25, 1, 59, 90, 11_520, 3600, 90_061, 3605].map((value) => en.duration(value)), ["0.25 s", "1 s", "59 s", "1 min 30 s", "3 h 12 min", "1 h", "1 d 1 h", "1 h"]);
  assert.equal(zh.duration(11_520), "3 小时 12 分钟");
});

test("the language is the first wanted one that there is", () => {
  assert.equal(languageOf(["fr", "zh-TW", "en"]), "zh");
  assert.equal(languageOf(["en-GB", "zh"]), "en");
  assert.equal(languageOf(["de"]), "en");
  assert.equal(languageOf([]), "en");
});

test("both languages list the same keys", () => {
  assert.deepEqual(
    chinese.keys.map(([key]) => key),
    english.keys.map(([key]) => key),
  );
});

test("a figure and its unit are never parted, other words are", () => {
  assert.equal(withWholeFigures("70 % of 4 MiB in 3 days, 12 sockets"), "70\u00A0% of 4\u00A0MiB in 3\u00A0days, 12 sockets");
  assert.equal(withWholeFigures("已用 70 %，12 个连接"), "已用 70\u00A0%，12 个连接");
  assert.equal(withWholeFigures("port 80 sends"), "port 80 sends");
});
