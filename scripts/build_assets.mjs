// Bundles styles and scripts, copies the typeface and draws the icon sprite.
// Called by build_assets.sh; file names are stable because Django's manifest storage adds the hashes.
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const SOURCES = "reparto/web/assets";
const FINISHED = "reparto/web/static/built";
const DRAFT = `${FINISHED}.draft-${process.pid}`;
const TYPEFACE = "node_modules/@fontsource-variable/inter/files";
const ICONS = "node_modules/lucide-static/icons";

async function bundle() {
  const shared = { bundle: true, minify: true, logLevel: "warning", legalComments: "none" };
  const browsers = ["chrome123", "firefox121", "safari17.5"];
  await build({ ...shared, entryPoints: [`${SOURCES}/js/app.js`, `${SOURCES}/js/theme.js`], outdir: DRAFT, format: "iife", target: browsers });
  await build({ ...shared, entryPoints: [`${SOURCES}/css/app.css`], outdir: DRAFT, target: browsers, external: ["*.woff2", "*.svg"] });
}

async function copyTypeface() {
  await mkdir(join(DRAFT, "fonts"), { recursive: true });
  for (const subset of ["latin", "latin-ext"])
    await copyFile(join(TYPEFACE, `inter-${subset}-opsz-normal.woff2`), join(DRAFT, "fonts", `inter-${subset}.woff2`));
}

function innerOf(drawing) {
  return drawing.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
}

async function drawIcons() {
  const listed = (await readFile(`${SOURCES}/icons.txt`, "utf8")).split("\n").map((line) => line.replace(/#.*/, "").trim()).filter(Boolean);
  await mkdir(join(DRAFT, "glyphs"), { recursive: true });
  const mark = innerOf(await readFile(`${SOURCES}/reparto.svg`, "utf8"));
  const symbols = [`<symbol id="reparto" viewBox="0 0 24 24">${mark}</symbol>`];
  for (const line of listed) {
    const masked = line.startsWith("mask:");
    const name = masked ? line.slice(5) : line;
    const inner = innerOf(await readFile(join(ICONS, `${name}.svg`), "utf8"));
    if (masked) await writeFile(join(DRAFT, "glyphs", `${name}.svg`), glyph(inner));
    else symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`);
  }
  await writeFile(join(DRAFT, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

function glyph(inner) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>`;
}

await rm(DRAFT, { recursive: true, force: true });
await mkdir(DRAFT, { recursive: true });
await Promise.all([bundle(), copyTypeface(), drawIcons()]);
await rm(FINISHED, { recursive: true, force: true });
await rename(DRAFT, FINISHED);
