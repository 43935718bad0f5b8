// Takes the pictures of the dashboard: dashboard.mjs PLAYWRIGHT ADDRESS DIRECTORY, where PLAYWRIGHT is the package of that name.
import { pathToFileURL } from "node:url";

const [playwright, address, directory] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(`${playwright}/index.mjs`));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--disable-lcd-text"] });

const pictures = [
  { name: "dashboard.en", locale: "en-GB", colorScheme: "light", width: 1440, height: 1190 },
  { name: "dashboard.zh", locale: "zh-CN", colorScheme: "dark", width: 1440, height: 1190 },
  { name: "dashboard-phone", locale: "en-GB", colorScheme: "light", width: 390, height: 844, deviceScaleFactor: 2 },
];

for (const { name, width, height, ...look } of pictures) {
  const page = await browser.newPage({ ...look, viewport: { width, height } });
  await page.goto(`${address}/?range=5m`);
  await page.locator(".tile .count").first().waitFor();
  if (width > 600) await page.locator(".history canvas").first().waitFor();
  // Rates and changes need a second report.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: `${directory}/${name}.png` });
  await page.close();
}
await browser.close();
