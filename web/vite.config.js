import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    // build/pack.js moves it to artifacts/web when it is whole.
    outDir: "../artifacts/web.new",
    emptyOutDir: true,
    target: "es2022",
    // The content security policy knows no inline script and no data: script.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // `npm run dev` shows the dashboard of a running `tcplens serve`.
  server: { proxy: { "/api": "http://127.0.0.1:11011", "/login": "http://127.0.0.1:11011" } },
});
