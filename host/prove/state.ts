import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VarvelError } from '../../core/model/error.ts';
import { openState } from '../../platform/state/open-state.ts';
import { type Bench, holds } from './bench.ts';

export async function proveDamage({ folder }: Bench): Promise<string> {
  const tries = 5;
  for (let n = 0; n < tries; n += 1) {
    const home = join(folder, `damaged-${n}`);
    mkdirSync(home, { mode: 0o700 });
    const bytes = randomBytes(8192);
    writeFileSync(join(home, 'state.db'), bytes);
    holds(refuses(home), 'A damaged database was opened.');
    const aside = readdirSync(home).find((name) => name.startsWith('state.db.damaged-'));
    holds(
      aside !== undefined && readFileSync(join(home, aside)).equals(bytes),
      'A damaged database was not set aside as it was.',
    );
    openState(home).close();
  }
  return `${tries} damaged databases, all set aside unchanged`;
}

function refuses(home: string): boolean {
  try {
    openState(home).close();
    return false;
  } catch (error) {
    if (error instanceof VarvelError) return error.code === 'state_corrupt';
    throw error;
  }
}

export async function proveLog({ folder }: Bench): Promise<string> {
  const home = join(folder, 'log');
  mkdirSync(home, { mode: 0o700 });
  const lines = 200;
  const state = openState(home);
  const nothing = { identityId: null, account: null, keyId: null, profile: null };
  state.transaction(() => {
    for (let at = 1; at <= lines; at += 1) state.activity.add({ at, kind: 'ran', ...nothing, detail: '' });
  });
  const before = state.activity.check();
  holds(before.changed + before.removed === 0, 'A log that nobody changed raises an alarm.');
  const database = new DatabaseSync(join(home, 'state.db'));
  database.exec("UPDATE activity SET detail = 'x' WHERE id = 50; DELETE FROM activity WHERE id IN (90, 200)");
  database.close();
  const { changed, removed } = state.activity.check();
  state.close();
  holds(
    changed === 1 && removed === 2,
    `1 line changed and 2 removed, but ${changed} and ${removed} noticed.`,
  );
  return `${lines} lines; 1 changed and 2 removed by another program, all noticed`;
}
