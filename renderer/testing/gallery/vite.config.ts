import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery, built apart from the app: `vite build --config renderer/testing/gallery/vite.config.ts`. */
export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [react()],
  build: {
    outDir: here("../../../dist/gallery"),
    emptyOutDir: true,
    target: "chrome130",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: { popup: here("popup.html"), window: here("window.html") } },
  },
});
