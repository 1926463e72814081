// Builds the window into dist/renderer, the script that replaces preload in a browser into
// dist/web, and the command line into dist/cli: a small entry, and chunks that are loaded when they are needed.
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join, normalize } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/**
 * What runs in a prompt or a start-up file. Each goes into one file with all its imports, since every extra file
 * takes as long as reading a key's profile. What only some commands need (the network, the passphrase vault, fal's
 * clients) is behind a lazy import, and so in its own chunks.
 */
const often = [
  'cli/framework/dispatch',
  'cli/commands/shells/env',
  'cli/commands/profiles/switch',
  'cli/commands/profiles/current',
  'cli/framework/words',
  'platform/vault/keychain',
];

/** What runs before each commit: in one file for the same reason. */
const beforeCommits = ['cli/commands/find/find', 'core/find/staged', 'platform/find/staged'];

const named = (names: readonly string[]) => {
  const paths = new Set(names.map((name) => join(root, `${name}.ts`)));
  return (module: string): boolean => paths.has(normalize(module));
};

// built in a new folder and swapped in, so that a failed or parallel build never leaves half of it
const fresh = join(dist, `new-${process.pid}`);
const freshWeb = join(dist, `new-web-${process.pid}`);
const old = join(dist, `old-${process.pid}`);

/** Replaces a folder in dist with a new build. */
async function swapIn(built: string, name: 'cli' | 'web'): Promise<void> {
  await mkdir(old, { recursive: true });
  await rename(join(dist, name), join(old, name)).catch(() => undefined);
  await rename(built, join(dist, name));
}

try {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: fresh,
      target: 'node24',
      // oidc-provider needs the names, and stack traces are readable
      minify: false,
      rolldownOptions: {
        // from a dependency of oidc-provider, which we don't call and can't change
        checks: { eval: false },
        input: { varvel: join(root, 'cli', 'main.ts') },
        // CommonJS loads in half the time of ES modules: 10 ms less for `varvel env`
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          codeSplitting: {
            groups: [
              {
                name: 'version',
                test: named([
                  'host/version',
                  'platform/vault/helper-words',
                  'platform/process/windows-search',
                  'platform/places/compile-cache-folder',
                ]),
                priority: 2,
              },
              { name: 'base', test: named(often), priority: 1 },
              { name: 'staged', test: named(beforeCommits), priority: 1 },
            ],
          },
        },
      },
    },
    ssr: {
      noExternal: true,
      // a native addon stays where npm put it
      external: ['@github/keytar'],
      target: 'node',
    },
  });
  for (const folder of ['framework/completion/completions', 'hook/scripts'])
    await cp(join(root, 'cli', folder), join(fresh, basename(folder)), { recursive: true });
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: freshWeb,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: {
        input: { 'web-bridge': join(root, 'web', 'client.ts') },
        // a classic script: it runs before the window's own, which is a module
        output: { format: 'iife', entryFileNames: '[name].js' },
      },
    },
  });
  await import('./build-renderer.ts');
  await swapIn(freshWeb, 'web');
  // last: its time shows whether everything is up to date
  await swapIn(fresh, 'cli');
} finally {
  for (const folder of [old, fresh, freshWeb]) await rm(folder, { recursive: true, force: true });
}
