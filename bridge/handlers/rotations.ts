import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function rotationHandlers({ session, jobs }: HandlerContext): Handlers<MethodsOf<'rotations'>> {
  return {
    'rotations.list': async () => {
      const varvel = session.varvel();
      return varvel.activeRotations().length > 0 ? (await varvel.rotations()).list() : [];
    },

    'rotations.plan': async ({ id }) => {
      const varvel = session.varvel();
      return (await varvel.rotations()).plan(varvel.keys.find(id), session.home);
    },

    'rotations.start': ({ run, id, graceMs }) =>
      jobs.run(run, async (signal) => {
        const varvel = session.varvel();
        return (await varvel.rotations()).start({ key: varvel.keys.find(id), graceMs }, { signal });
      }),

    'rotations.resume': ({ run, id, graceMs }) =>
      jobs.run(run, async (signal) => (await session.varvel().rotations()).resume(id, graceMs, { signal })),

    'rotations.accept': async ({ id, subjects }) => {
      await (await session.varvel().rotations()).accept(id, subjects);
      return null;
    },

    'rotations.abort': ({ run, id }) =>
      jobs.run(run, async (signal) => (await session.varvel().rotations()).abort(id, null, { signal })),
  };
}
