import type { PartProblem } from '../../contract/rows.ts';
import type { SignInStep } from '../../core/identities/identities.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

/** An error of one part as it crosses the bridge. */
export const partProblem = ({ about, error: { code, message, hint } }: Problem): PartProblem => ({
  about,
  error: { code, message, hint },
});

const stepEvent = (run: string, step: SignInStep) => ({
  run,
  step: step.step,
  userCode: step.step === 'confirm_code' ? step.userCode : null,
  url: step.url,
  opened: step.opened,
});

export function accountHandlers(desk: Desk): Handlers<MethodsOf<'identities'> | MethodsOf<'accounts'>> {
  const { session, face, works } = desk;
  return {
    'identities.list': () => session.varvel().identities.all(),

    'identities.signIn': ({ run, connection, flow }) =>
      works.run(run, (signal) => {
        const varvel = session.varvel();
        return varvel.identities.signIn(
          { connection, flow, openBrowser: true },
          (step) => face.emit('signIn', stepEvent(run, step)),
          signal,
        );
      }),

    'identities.signOut': ({ id }) => {
      const { identities } = session.varvel();
      return identities.signOut(identities.find(id));
    },

    'accounts.list': () => session.varvel().accounts.known(),

    'accounts.refresh': async () => {
      const { accounts, problems } = await session.varvel().accounts.refresh();
      return { accounts, problems: problems.map(partProblem) };
    },

    'accounts.balance': async ({ accountId }) => {
      const { accounts } = session.varvel();
      return { balance: await accounts.balance(await accounts.find(accountId)) };
    },
  };
}
