import { type RestorePlan, withHosts } from '../../core/backup/restore-plan.ts';
import type { RestoreRow } from '../../core/model/machine/restore.ts';
import { refuseWeak } from '../../core/passphrase/strength.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function backupHandlers({ session }: HandlerContext): Handlers<MethodsOf<'backup'>> {
  async function planOf(file: string, passphrase: string) {
    const backup = await session.varvel().backup();
    return { backup, plan: await backup.plan(session.userPath(file), async () => passphrase) };
  }

  return {
    'backup.create': async ({ file, passphrase, replace }) => {
      const backup = await session.varvel().backup();
      const chosen = async (): Promise<string> => {
        await refuseWeak(passphrase);
        return passphrase;
      };
      return backup.create(session.userPath(file), chosen, replace);
    },

    'backup.plan': async ({ file, passphrase }) => rowsOf((await planOf(file, passphrase)).plan),

    'backup.restore': async ({ file, passphrase, hosts }) => {
      const { backup, plan: found } = await planOf(file, passphrase);
      const plan = withHosts(found, hosts);
      await backup.restore(plan);
      return rowsOf(plan);
    },
  };
}

const rowsOf = ({ keys, profiles }: RestorePlan): RestoreRow[] => [
  ...keys.map(
    ({ key: { id, alias }, outcome }): RestoreRow => ({
      what: 'key',
      id,
      name: alias ?? id,
      host: null,
      outcome,
    }),
  ),
  ...profiles.map(
    ({ profile: { name, host }, outcome }): RestoreRow => ({
      what: 'profile',
      id: name,
      name,
      host,
      outcome,
    }),
  ),
];
