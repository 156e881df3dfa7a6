import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  base: "/",
  build: {
    outDir: "../static",
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy allows no inline fonts
    chunkSizeWarningLimit: 2000,
    license: { fileName: "licences.md" }, // of the libraries inside, as their licences ask
  },
});
