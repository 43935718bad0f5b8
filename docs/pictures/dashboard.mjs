// Takes pictures of the dashboard: dashboard.mjs PLAYWRIGHT ADDRESS DIRECTORY SET, where PLAYWRIGHT is the package of that name and SET overview or pages.
import { pathToFileURL } from "node:url";

const [playwright, address, directory, set] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(`${playwright}/index.mjs`));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--disable-lcd-text"] });

const light = { locale: "en-GB", colorScheme: "light" };
const dark = { locale: "zh-CN", colorScheme: "dark" };

/** Of a page as much as stands there, up to a height. */
const both = (name, path, sight, height) => [
  { name: `${name}.en`, path, sight, ...light, width: 1280, height },
  { name: `${name}.zh`, path, sight, ...dark, width: 1280, height },
];

const sets = {
  overview: [
    { name: "dashboard.en", path: "/?range=5m", sight: ".history canvas", ...light, width: 1440, height: 1190 },
    { name: "dashboard.zh", path: "/?range=5m", sight: ".history canvas", ...dark, width: 1440, height: 1190 },
    { name: "dashboard-phone", path: "/?range=5m", sight: ".tile .count", ...light, width: 390, height: 844, deviceScaleFactor: 2 },
  ],
  pages: [
    ...both("listeners", "/listeners", ".listeners .port-owner:not(:empty)", 820),
    ...both("destinations", "/destinations", ".destinations .of-owners a", 820),
    ...both("owners", "/owners?by=process", ".heat tbody tr", 820),
    ...both("findings", "/findings", ".finding-sentence", 820),
  ],
};

for (const { name, path, sight, width, height, ...look } of sets[set]) {
  const page = await browser.newPage({ ...look, viewport: { width, height } });
  await page.goto(address + path);
  await page.locator(sight).first().waitFor();
  // Rates and changes need a second report; the trend of a destination half a minute.
  await page.waitForTimeout(name.startsWith("destinations") ? 65_000 : 3000);
  await page.screenshot({ path: `${directory}/${name}.png` });
  await page.close();
}
await browser.close();
