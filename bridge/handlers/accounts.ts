import type { PartProblem } from '../../contract/problem.ts';
import { VarvelError } from '../../core/model/error.ts';
import type { PartialFailure } from '../../core/model/partial-failure.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';
import { problemRow } from './problem-row.ts';

/** Who refreshes accounts sees balances of now, in milliseconds. */
const refreshedMs = 5000;

/** A partial failure as it crosses the bridge. */
export const partProblemRow = ({ about, error }: PartialFailure): PartProblem => ({
  about,
  error: problemRow(error),
});

export function accountHandlers(
  context: HandlerContext,
): Handlers<MethodsOf<'identities'> | MethodsOf<'accounts'>> {
  const { session, face, jobs } = context;
  /** The pages of waiting sign-ins, by run. */
  const waiting = new Map<string, string>();
  return {
    'identities.list': () => session.varvel().identities.all(),

    'identities.signIn': ({ run, connection, flow }) =>
      jobs.run(run, async (signal) => {
        try {
          return await session.varvel().identities.signIn(
            { connection, flow, openBrowser: true },
            (step) => {
              waiting.set(run, step.url);
              face.emit('signIn', { ...step, run });
            },
            signal,
          );
        } finally {
          waiting.delete(run);
        }
      }),

    'identities.openPage': async ({ run }) => {
      const url = waiting.get(run);
      if (url === undefined) {
        throw new VarvelError('not_found', 'That sign-in has ended.', 'Start a new one.');
      }
      return { opened: await session.varvel().identities.openPage(url) };
    },

    'identities.signOut': ({ id }) => {
      const { identities } = session.varvel();
      return identities.signOut(identities.find(id));
    },

    'accounts.list': () => session.varvel().accounts.known(),

    'accounts.refresh': async () => {
      const { accounts, problems } = await session.varvel().accounts.refresh();
      return { accounts, problems: problems.map(partProblemRow) };
    },

    'accounts.balance': async ({ accountId }) => {
      const varvel = session.varvel();
      const { id } = await varvel.accounts.find(accountId);
      const { balances } = await varvel.money();
      return { balance: (await balances.refresh(id, refreshedMs))?.amount ?? null };
    },

    'accounts.rotateBy': () =>
      [...session.varvel().reminders.policies()].map(([accountId, after]) => ({ accountId, after })),

    'accounts.setRotateBy': ({ accountId, after }) => {
      session.varvel().reminders.setForAccount(accountId, after);
      return null;
    },
  };
}
