// Builds the window into dist/renderer: static files with relative URLs, for Electron's protocol and the web view.
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

// a test's NODE_ENV would make a development build, with this machine's paths in it
process.env.NODE_ENV = 'production';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const outDir = join(dist, 'renderer');

// built in a new folder and swapped in, so that a failed or parallel build never leaves half of it
const fresh = join(dist, `new-renderer-${process.pid}`);
const old = join(dist, `old-renderer-${process.pid}`);
try {
  await build({
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    // also when a test runs this: the window doesn't include React's development code
    mode: 'production',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    logLevel: 'warn',
    plugins: [react()],
    // as readable in the inspector as in the file, and never a class of a component
    css: { modules: { generateScopedName: (local, file) => `${basename(file, '.module.css')}__${local}` } },
    build: {
      outDir: fresh,
      emptyOutDir: true,
      target: 'chrome130',
      // a strict policy allows neither data: fonts nor inline scripts
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 720,
      modulePreload: { polyfill: false },
      sourcemap: false,
      reportCompressedSize: false,
    },
  });
  // the font's licence goes where the font goes
  await cp(
    join(root, 'node_modules/@fontsource-variable/inter/LICENSE'),
    join(fresh, 'assets/Inter-OFL.txt'),
  );
  await mkdir(dist, { recursive: true });
  await rename(outDir, old).catch(() => null);
  await rename(fresh, outDir);
} finally {
  await rm(fresh, { recursive: true, force: true });
  await rm(old, { recursive: true, force: true });
}
