import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { madeKey } from '../integration/cli/contract.ts';
import { run, varvelProgram } from '../integration/cli/program.ts';
import { newRotations } from '../integration/rotation/rotations.ts';
import { figure } from './figures.ts';
import { traces } from './traces.ts';

const { machine, file, text, rotate, idsAtFal, secretOf } = newRotations();

/** Kills a command as it puts the new file in place. Renames before that are those of the vault. */
async function killBeforeItIsInPlace(...args: string[]): Promise<void> {
  const isBeside = () => readdirSync(dirname(file('.env'))).some((name) => name.startsWith('.varvel-'));
  for (let nth = 1; nth <= 8 && !isBeside(); nth += 1) {
    const kill = `inject=rename:signal=SIGKILL:error=EINTR:when=${nth}`;
    const strace = ['-f', '-o', '/dev/null', '-e', 'trace=rename', '-e', kill];
    await run('strace', [...strace, varvelProgram, ...args], { env: machine().env });
  }
  expect(isBeside()).toBe(true);
}

test.runIf(traces)(
  'an export over another key that is killed leaves no file with a revoked key',
  async () => {
    const old = await machine().json(madeKey, 'keys', 'create', 'bots', '--profile', 'bots');
    await machine().json(madeKey, 'keys', 'create', 'shop', '--profile', 'shop');
    expect(await machine().varvel('export', file('.env'), '-p', 'bots')).toMatchObject({ code: 0 });
    const before = await text('.env');
    await killBeforeItIsInPlace('export', file('.env'), '-p', 'shop', '--force');
    // the attack is real: the record says “shop”, the file has “bots”
    expect(await text('.env')).toBe(before);
    const { new_key } = await rotate('bots', '--grace', '0', '--yes');
    expect(await idsAtFal()).not.toContain(old.id);
    expect(await text('.env')).toBe(`FAL_KEY=${await secretOf(new_key)}\n`);
    expect(await machine().varvel('export', file('.env'), '--undo')).toMatchObject({ code: 0 });
    expect(readdirSync(dirname(file('.env')))).not.toContain('.env');
    figure(13, 'an export over another key', { 'writers killed': 1, 'keys revoked in a file': 0 });
  },
);
