// Puts a compressed copy beside each file of the built dashboard, moves the whole to its place and says what a visitor loads.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const fresh = "../artifacts/web.new";
const made = "../artifacts/web";
const compressible = /\.(html|js|css|svg|json|txt)$/;
const budget = 120 * 1024;

const files = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });

let plain = 0;
let packed = 0;
for (const file of files(fresh)) {
  const bytes = readFileSync(file);
  plain += bytes.length;
  if (!compressible.test(file)) {
    packed += bytes.length;
    continue;
  }
  const small = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  writeFileSync(file + ".br", small);
  packed += small.length;
}

rmSync(made, { recursive: true, force: true });
renameSync(fresh, made);

const kilobytes = (bytes) => (bytes / 1024).toFixed(1) + " KB";
console.log(`page weight: ${kilobytes(packed)} by brotli, ${kilobytes(plain)} plain`);
if (packed > budget) {
  console.error(`the dashboard may weigh at most ${kilobytes(budget)}`);
  process.exit(1);
}
