// Builds the window into dist/renderer, the script that stands in for preload where it is shown in a browser into
// dist/web, and the command line into dist/cli: one small entry, and a chunk for what is loaded when it is called.
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/**
 * What `varvel env` needs, in one file: each file more costs as much as reading a key's profile. What only some
 * commands need (the network, the passphrase vault, fal's clients) stays in chunks of its own.
 */
const base = [
  'host/(open|environment|lazy-ports)',
  'cli/(commands|framework/(name-options|dispatch|parse|output|stream|command|global-options|exit-code|words))',
  'cli/commands/(shells/env|profiles/(switch|current|chosen-profile))',
  'core/(?!fal/|falcli/(?!follow)|which/|backup/|usage/|preview/(?!mask)|patch/).*(?<!shells/(?:hook-line|shell-hooks)|exports/(?:merge|files|file-export)|keys/picture)',
  'platform/files/(home|falcli-paths|nearest-pin|private-[a-z]+|read-now|error-code|file-error)',
  'platform/files/(atomic-write|temporary|rename|sync)',
  'platform/process/(clock|cancelled|leave|locks|lock-file|process-alive)',
  'platform/state/(?!migrate).*',
  'platform/vault/(open-vault|keychain[a-z-]*|storable)',
].map((pattern) => new RegExp(`/${pattern}\\.ts$`));

const isBase = (module: string): boolean =>
  base.some((pattern) => pattern.test(module.replaceAll('\\', '/')));

// built beside it and swapped in, so that a build that fails, or another one, never leaves half of it
const fresh = join(dist, `new-${process.pid}`);
const freshWeb = join(dist, `new-web-${process.pid}`);
const old = join(dist, `old-${process.pid}`);

/** In place of what is there. */
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
      // names matter to oidc-provider, and to whoever reads a stack trace
      minify: false,
      rolldownOptions: {
        // of a dependency of oidc-provider's, which we neither call nor can change
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
                test: /\/(host\/version|cli\/commands\/vault\/agent-word)\.ts$|\/package\.json$/,
                priority: 2,
              },
              { name: 'base', test: isBase, priority: 1 },
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
  for (const folder of ['framework/completions', 'hook/scripts'])
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
  // last: by its time it is seen whether all of it is fresh
  await swapIn(fresh, 'cli');
} finally {
  for (const folder of [old, fresh, freshWeb]) await rm(folder, { recursive: true, force: true });
}
