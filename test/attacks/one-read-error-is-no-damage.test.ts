import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from '../../platform/state/open-state.ts';
import { runChild } from '../integration/platform/child.ts';
import { temporaryFolder } from '../integration/platform/temporary-folder.ts';
import { figure } from './figures.ts';
import { traces } from './traces.ts';

/** A database of 60 pages, and what reads it while the device fails. */
function prepared(folder: string) {
  const path = join(folder, 'state.db');
  const state = openState(folder);
  state.transaction(() => {
    for (let n = 0; n < 300; n++) state.settings.set(`name/${n}`, 'x'.repeat(500));
    state.settings.set('name', 'kept');
  });
  state.close();
  const copy = join(folder, 'copy');
  copyFileSync(path, copy);
  const trace = join(folder, 'trace');
  const files = ['', '-wal', '-shm'].flatMap((part) => ['-P', `${path}${part}`]);
  return {
    /** Reads once under an injection (`when` of strace), and tells how that went. */
    async read(when: string) {
      const inject = `inject=pread64:error=EIO:when=${when}`;
      const under = ['strace', '-f', '-o', trace, ...files, '-e', inject];
      const { lines, errors } = await runChild('open-once', [folder], { under });
      return {
        said: lines.join(),
        errors,
        failed: (readFileSync(trace, 'utf8').match(/INJECTED/g) ?? []).length,
        isIntact: readFileSync(path).equals(readFileSync(copy)),
        setAside: readdirSync(folder).filter((name) => name.includes('damaged')),
      };
    },
  };
}

test.skipIf(!traces)(
  'no single failed read sets an intact database aside',
  { timeout: 180_000 },
  async () => {
    using folder = temporaryFolder();
    const attack = prepared(folder.path);
    let reads = 0;
    for (let nth = 1; nth < 60; nth++) {
      const result = await attack.read(String(nth));
      expect(result, `read ${nth}`).toMatchObject({ errors: '', isIntact: true, setAside: [] });
      if (result.failed === 0) break;
      reads = nth;
      expect(result.said, `read ${nth}`).toMatch(/^(storage_failed .* couldn’t be read|read kept)/);
    }
    expect(reads).toBeGreaterThan(5);
    expect((await attack.read('1000')).said).toBe('read kept 0');
    figure(12, 'one failed read at a time', { 'failed reads': reads, 'databases set aside': 0 });
  },
);

test.skipIf(!traces)('a storm of failed reads doesn’t either', { timeout: 180_000 }, async () => {
  using folder = temporaryFolder();
  const attack = prepared(folder.path);
  let failed = 0;
  for (const storm of ['2+', '2+2', '2+3', '3+3', '3+4', '4+4', '5+5', '2+7']) {
    const result = await attack.read(storm);
    expect(result, storm).toMatchObject({ errors: '', isIntact: true, setAside: [] });
    expect(result.said, storm).toMatch(/^storage_failed .* couldn’t be read/);
    failed += result.failed;
  }
  expect(failed).toBeGreaterThan(8);
  expect((await attack.read('1000')).said).toBe('read kept 0');
  figure(12, 'storms of failed reads', { 'failed reads': failed, 'databases set aside': 0 });
});
