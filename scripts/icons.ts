// Renders the drawings in assets/source into the files for the desktop program and its packages:
//   npm run icons
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { icns, ico, type Rendered } from './icon-containers.ts';

const assets = join(import.meta.dirname, '..', 'assets');
const source = (name: string): Promise<string> => readFile(join(assets, 'source', `${name}.svg`), 'utf8');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();

/** @param size in pixels */
async function render(svg: string, size: number): Promise<Rendered> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

const renderAll = async (svg: string, sizes: number[]): Promise<Rendered[]> => {
  const all: Rendered[] = [];
  for (const size of sizes) all.push(await render(svg, size));
  return all;
};

const put = async (path: string, bytes: Uint8Array): Promise<void> => writeFile(join(assets, path), bytes);

for (const folder of ['app', 'tray']) await mkdir(join(assets, folder), { recursive: true });

const smallSource = await source('app-small');
// below 24 pixels the engraving is unreadable
const plain = smallSource.replace(/<circle id="engraving"[^>]*>/, '');
const small = [...(await renderAll(plain, [16, 20])), ...(await renderAll(smallSource, [24, 32]))];
const large = await renderAll(await source('app'), [48, 64, 128, 256, 512, 1024]);
const app = [...small, ...large];
for (const { size, png } of app) {
  if (size !== 20 && size !== 1024) await put(`app/${size}.png`, png);
}
await put('app/varvel.ico', ico(app.filter(({ size }) => size <= 256)));
await put('app/varvel.icns', icns(app));

const tray = await source('tray');
const bars = { 'on-light': '#2b251b', 'on-dark': '#f4efe4' };
for (const [name, color] of Object.entries(bars)) {
  const svg = tray.replaceAll('COLOR', color);
  const [one, two] = await renderAll(svg, [22, 44]);
  if (one && two) {
    await put(`tray/${name}.png`, one.png);
    await put(`tray/${name}@2x.png`, two.png);
  }
  await put(`tray/${name}.ico`, ico(await renderAll(svg, [16, 20, 24, 32, 48])));
}
// macOS colours the shape itself; the bar is 22 points high, a picture 18
const template = tray.replaceAll('COLOR', '#000');
for (const [suffix, size] of Object.entries({ '': 18, '@2x': 36 })) {
  await put(`tray/varvelTemplate${suffix}.png`, (await render(template, size)).png);
}
await browser.close();
