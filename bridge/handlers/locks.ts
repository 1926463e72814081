import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function lockHandlers({ session, jobs }: HandlerContext): Handlers<MethodsOf<'locks'>> {
  return {
    'locks.diagnose': ({ run, id, profile }) =>
      jobs.run(run, async (signal) => {
        const varvel = session.varvel();
        const key = varvel.keys.find(id);
        const expected = profile === null ? null : varvel.profiles.get(profile).account;
        return (await varvel.lockDoctor()).diagnose(key, expected ?? key.account, signal);
      }),

    'locks.saveReport': async ({ file, report }) => {
      const doctor = await session.varvel().lockDoctor();
      return { path: await doctor.saveReport(session.userPath(file), report) };
    },

    'locks.watch': ({ id }) => {
      session.lockWatches().start(session.varvel().keys.find(id));
      return session.lockWatches().all();
    },

    'locks.unwatch': ({ id }) => {
      session.lockWatches().stop(id);
      return session.lockWatches().all();
    },

    'locks.watches': () => session.lockWatches().all(),
  };
}
