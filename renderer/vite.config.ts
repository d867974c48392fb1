import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  // Pages are loaded from a file or a custom protocol, never from the root of a host.
  base: "./",
  plugins: [react()],
  build: {
    outDir: here("../dist/renderer"),
    emptyOutDir: true,
    target: "chrome130",
    sourcemap: true,
    // The strict content policy of the pages allows no data: scripts, and Chromium needs no polyfill.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: { index: here("index.html"), popup: here("popup.html") } },
  },
});
