import { toolsOf, whichHere } from '../which-here.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

export function whichHandlers({ session }: Desk): Handlers<MethodsOf<'which'>> {
  return {
    'which.explain': async () => {
      const { env, home: folder } = session;
      const asked = { env, folder, profile: null, falProfile: null };
      const { found, warnings } = await whichHere(session.varvel(), asked);
      return { folder, here: found.here, tools: toolsOf(found), advice: [...found.advice, ...warnings] };
    },
  };
}
