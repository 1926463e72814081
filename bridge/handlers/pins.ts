import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function pinHandlers({ session }: HandlerContext): Handlers<MethodsOf<'pins'>> {
  return {
    'pins.list': () => session.varvel().pins.list(),

    'pins.add': async ({ profile, folder }) => {
      const { pins, profiles } = session.varvel();
      const { changed } = await pins.pin(session.userPath(folder), profiles.get(profile).name);
      return { changed };
    },

    // also forgets a pin that is already gone
    'pins.remove': async ({ folder }) => {
      await session.varvel().pins.unpin(session.userPath(folder));
      return null;
    },
  };
}
