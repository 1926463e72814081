import { toolsOf } from '../../core/which/tools.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function whichHandlers({ session }: HandlerContext): Handlers<MethodsOf<'which'>> {
  return {
    'which.explain': async () => {
      const { found, warnings } = await session.which();
      const { here, advice } = found;
      return { folder: session.home, here, tools: toolsOf(found), advice: [...advice, ...warnings] };
    },
  };
}
