import { defineConfig, type Plugin } from "vitepress";
import { asWritten } from "./as-written.ts";
import { drawDiagrams } from "./diagrams.ts";
import { anchorOf, linkToPages } from "./links.ts";
import { otherFiles, pages, placeOf } from "./pages.ts";
import { writeReference } from "./reference.ts";
import { sidebar } from "./sidebar.ts";

/** The pages are above this folder, which has the packages that they become programs with. */
const findVueHere: Plugin = {
  name: "likeness-find-vue",
  enforce: "pre",
  resolveId(id, _importer, options) {
    if (!/^vue(?:\/|$)/.test(id)) return undefined;
    return options.ssr
      ? { id, external: true }
      : this.resolve(id, import.meta.filename, { ...options, skipSelf: true });
  },
};

writeReference();

export default defineConfig({
  title: "Likeness",
  description: "A TypeScript SDK that trains an image model on a person's photos.",
  lang: "en",
  cleanUrls: true,
  // A signature is read as a whole, and the address of a default leaves room for what a setting means.
  head: [
    ["style", {}, ".reference .vp-doc pre code { white-space: pre-wrap; overflow-wrap: anywhere; }"],
    ["style", {}, ".vp-doc td:last-child { min-width: 9em; } .vp-doc td:last-child code { overflow-wrap: anywhere; }"],
  ],
  srcDir: "..",
  outDir: "dist",
  srcExclude: otherFiles(),
  rewrites: {
    ...Object.fromEntries(pages.map((path) => [path, placeOf(path)])),
    "website/reference/:entry.md": "reference/:entry.md",
  },
  markdown: {
    anchor: { slugify: anchorOf },
    config: (markdown) => {
      asWritten(markdown);
      linkToPages(markdown);
      drawDiagrams(markdown);
    },
  },
  vite: { plugins: [findVueHere], build: { chunkSizeWarningLimit: 2_000 } },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        // A word that both have is explained on a page; only the reference has the names.
        miniSearch: { searchOptions: { boostDocument: (id: string) => (id.startsWith("/reference/") ? 0.4 : 1) } },
      },
    },
    nav: [
      { text: "Start", link: "/docs/getting-started" },
      { text: "Reference", link: "/reference/core" },
      { text: "Operations", link: "/docs/deployment" },
    ],
    sidebar,
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: "https://github.com/likeness/likeness" }],
  },
});
