import type { RestoreRow } from '../../contract/rows.ts';
import type { Outcome, RestorePlan } from '../../core/backup/restore-plan.ts';
import { readBackup } from '../../platform/vault/backup-file.ts';
import { makeBackup } from '../make-backup.ts';
import { userPath } from '../user-path.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

export function backupHandlers({ session }: Desk): Handlers<MethodsOf<'backup'>> {
  async function planOf(given: string, passphrase: string) {
    const file = userPath(given, session.home);
    const text = await readBackup(file, async () => passphrase);
    const backup = await session.varvel().backup();
    return { backup, plan: await backup.plan(text, file) };
  }

  return {
    'backup.make': ({ file, passphrase, replace }) =>
      makeBackup(session.varvel(), userPath(file, session.home), async () => passphrase, replace),

    'backup.plan': async ({ file, passphrase }) => rowsOf((await planOf(file, passphrase)).plan),

    'backup.restore': async ({ file, passphrase }) => {
      const { backup, plan } = await planOf(file, passphrase);
      await backup.restore(plan);
      return rowsOf(plan);
    },
  };
}

const rowsOf = ({ keys, profiles }: RestorePlan): RestoreRow[] => [
  ...keys.map(({ key: { id, alias }, outcome }) => rowOf('key', id, alias ?? id, outcome)),
  ...profiles.map(({ profile: { name }, outcome }) => rowOf('profile', name, name, outcome)),
];

const rowOf = (what: RestoreRow['what'], id: string, name: string, outcome: Outcome): RestoreRow => ({
  what,
  id,
  name,
  outcome: outcome.kind,
  reason: 'reason' in outcome ? outcome.reason : null,
});
