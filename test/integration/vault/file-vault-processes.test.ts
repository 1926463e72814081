import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFileVault } from '../../../platform/vault/file-vault.ts';
import { vaultFolder } from '../../../platform/vault/open-vault.ts';
import { attackRounds, figure } from '../../attacks/figures.ts';
import { passphrase, temporaryFolder, temporaryVault } from './temporary.ts';
import { callOnce, startChild } from './vault-process.ts';

test('eight processes that set the vault up at once end with one vault that holds what all of them stored', async () => {
  await using home = await temporaryFolder();
  const env = { ...process.env, VARVEL_PASSPHRASE: passphrase };
  const names = Array.from({ length: 8 }, (_, index) => `key/${index}`);
  const outcomes = await Promise.all(
    names.map((name) =>
      callOnce({ kind: 'file', folder: home.folder, once: ['set', name, `of ${name}`] }, env),
    ),
  );
  expect(outcomes.map((outcome) => outcome.exitCode)).toEqual(names.map(() => 0));
  const folder = vaultFolder(home.folder);
  expect((await readdir(folder)).sort()).toEqual(['identity.age', 'items']);
  const vault = createFileVault({ folder, passphrase: async () => passphrase });
  expect((await vault.names()).sort()).toEqual(names);
  for (const name of names) expect(await vault.get(name)).toBe(`of ${name}`);
});

test('sixty writers killed at random leave the last secret they acknowledged, or a newer one, and none that is torn', {
  timeout: 60_000 * attackRounds,
}, async () => {
  await using home = await temporaryVault();
  const { folder, identity } = home;

  const killedWriter = async (name: string): Promise<number> => {
    const writer = startChild({ kind: 'file', folder, identity, writeForEver: name }, process.env);
    if (!writer.stdout) throw new Error('no pipe');
    const lines = createInterface({ input: writer.stdout });
    let acknowledged = -1;
    lines.on('line', (line) => {
      if (/^\d+$/.test(line)) acknowledged = Number(line);
    });
    await Promise.race([once(lines, 'line'), once(writer, 'exit')]);
    await sleep(Math.random() * 40);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    return acknowledged;
  };

  const rounds = 20 * attackRounds;
  for (let round = 0; round < rounds; round += 1) {
    const names = [`key/${round}`, `key/${round}b`, 'key/shared'];
    const acknowledged = await Promise.all(names.map(killedWriter));
    for (const [index, name] of names.entries()) {
      const [before, middle, after] = ((await home.store.get(name)) ?? '').split(':');
      expect(middle).toBe('x'.repeat(200));
      expect(after).toBe(before);
      expect(acknowledged[index]).toBeGreaterThanOrEqual(0);
      if (name !== 'key/shared') expect(Number(before)).toBeGreaterThanOrEqual(acknowledged[index] ?? 0);
    }
  }
  expect((await home.store.names()).length).toBe(2 * rounds + 1);
  figure(5, 'writers of the passphrase vault', { 'writers killed': 3 * rounds, 'secrets lost or torn': 0 });
});
