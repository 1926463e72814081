// Builds the command line into dist/cli: one small entry, and a chunk for what is loaded when it is called.
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const outDir = join(root, 'dist', 'cli');

await rm(outDir, { recursive: true, force: true });
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir,
    target: 'node24',
    // names matter to oidc-provider, and to whoever reads a stack trace
    minify: false,
    rolldownOptions: {
      // of a dependency of oidc-provider's, which we neither call nor can change
      checks: { eval: false },
      input: { varvel: join(root, 'cli', 'main.ts') },
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: {
    noExternal: true,
    // a native addon stays where npm put it
    external: ['@github/keytar'],
    target: 'node',
  },
});
await cp(join(root, 'cli', 'completions'), join(outDir, 'completions'), { recursive: true });
