import type { RestoreRow } from '../../contract/rows.ts';
import type { Outcome, RestorePlan } from '../../core/backup/restore-plan.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function backupHandlers({ session }: HandlerContext): Handlers<MethodsOf<'backup'>> {
  async function planOf(file: string, passphrase: string) {
    const backup = await session.varvel().backup();
    return { backup, plan: await backup.plan(session.userPath(file), async () => passphrase) };
  }

  return {
    'backup.make': async ({ file, passphrase, replace }) => {
      const backup = await session.varvel().backup();
      return backup.make(session.userPath(file), async () => passphrase, replace);
    },

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
