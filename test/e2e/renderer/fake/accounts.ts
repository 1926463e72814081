import { accounts, people } from '../fake-people.ts';
import { type FakeHandlers, type Memory, Refusal, wait } from './memory.ts';
import { asIdentity } from './seed.ts';

/** Who is signed in, and the accounts that they reach. */
export function fakeAccounts(memory: Memory): FakeHandlers<'identities' | 'accounts'> {
  const { options, state, changed, emit, log, reached } = memory;
  return {
    'identities.list': () => state.identities,
    'identities.signIn': ({ run, connection, flow }) =>
      memory.work(run, async (signal) => {
        await wait(60, signal);
        const device = flow !== 'loopback';
        const url = 'https://auth.example.com/device?user_code=WDJB-MJHT&connection=github';
        emit('signIn', {
          run,
          step: device ? 'confirm_code' : 'open_page',
          userCode: device ? 'WDJB-MJHT' : null,
          url,
          opened: options.face !== 'web',
        });
        await wait(options.signInAfter ?? 3_600_000, signal);
        const person = people.find(({ connections }) => connections.includes(connection ?? 'github'));
        if (!person)
          throw new Refusal('refused', `Nobody can sign in by ${connection}.`, 'Check the domain.');
        const twin = state.identities.find(({ id, email }) => id !== person.id && email === person.email);
        const identity = asIdentity(person, connection ?? 'github');
        state.identities = [...state.identities.filter(({ id }) => id !== person.id), identity];
        state.lastConnection = connection;
        log('signed_in', { identityId: identity.id, detail: `${identity.email} by ${connection}` });
        changed('accounts');
        const warning = twin
          ? `${person.email} is also signed in by ${twin.connection}. For fal these are two users: SSO never shares accounts or keys with GitHub or Google, even with the same e-mail.`
          : null;
        await wait(options.signInAnswerAfter ?? 0);
        return { identity, warning };
      }),
    'identities.openPage': ({ run }) => {
      if (memory.isRunning(run)) return { opened: options.face !== 'web' };
      throw new Refusal('not_found', 'This sign-in is over.', 'Begin again.');
    },
    'identities.signOut': ({ id }) => {
      state.identities = state.identities.filter((identity) => identity.id !== id);
      log('signed_out', { identityId: id });
      changed('accounts');
      return { revoked: true, reason: null };
    },
    'accounts.list': () => (state.heardAccounts ? reached() : []),
    'accounts.refresh': () => {
      memory.needSomebody();
      state.heardAccounts = true;
      changed('accounts');
      return { accounts: reached(), problems: [] };
    },
    'accounts.balance': ({ accountId }) => ({
      balance: accounts.find(({ id }) => id === accountId)?.balance ?? null,
    }),
  };
}
