// Builds the desktop program: dist/main/main.cjs and dist/preload/preload.cjs. The renderer has its own build.
//   node scripts/build-desktop.ts [--out FOLDER] [--target node24]
// The tests build for an older Node if their Electron has one.
import { readFile, rename, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type InlineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist') },
    target: { type: 'string', default: 'node24' },
  },
});
const dist = resolve(values.out);
const fresh = join(dist, `new-desktop-${process.pid}`);
const old = (name: string): string => join(dist, `old-${name}-${process.pid}`);

type Options = NonNullable<InlineConfig['build']>['rolldownOptions'];

/** CommonJS: code that must run before Electron is ready isn't delayed, and a preload script requires it. */
const part = (name: 'main' | 'preload', external: string[], options: Options = {}): InlineConfig => ({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: join(fresh, name),
    emptyOutDir: true,
    target: values.target,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      // from a dependency of oidc-provider, which we don't call and can't change
      checks: { eval: false },
      input: { [name]: join(root, name, `${name}.ts`) },
      ...options,
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
        ...options.output,
      },
    },
  },
  ssr: { noExternal: true, external, target: 'node' },
});

/** A sandboxed preload script is one file and can only require `electron`. */
async function checkPreload(): Promise<void> {
  const text = await readFile(join(fresh, 'preload', 'preload.cjs'), 'utf8');
  const required = [...text.matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name);
  const forbidden = required.filter((name) => name !== 'electron');
  if (forbidden.length > 0 || builtinModules.some((name) => text.includes(`"node:${name}"`))) {
    throw new Error(
      `The preload script requires modules that a sandbox doesn’t allow: ${forbidden.join(', ')}.`,
    );
  }
}

// built in a new folder and swapped in, so that a failed or parallel build never leaves half of it
try {
  await build(part('main', ['electron', '@github/keytar']));
  await build(part('preload', ['electron'], { output: { codeSplitting: false } }));
  await checkPreload();
  for (const name of ['main', 'preload']) {
    await rename(join(dist, name), old(name)).catch(() => undefined);
    await rename(join(fresh, name), join(dist, name));
  }
} finally {
  for (const folder of [fresh, old('main'), old('preload')]) {
    await rm(folder, { recursive: true, force: true });
  }
}
