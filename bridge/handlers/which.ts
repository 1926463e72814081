import { toolsOf } from '../../core/which/tools.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function whichHandlers({ session }: HandlerContext): Handlers<MethodsOf<'which'>> {
  return {
    'which.explain': async (input) => {
      const folder = session.userPath(input?.folder ?? '~');
      const { found, warnings } = await session.which(folder);
      const { here, otherKeys, advice } = found;
      return { folder, here, tools: toolsOf(found), otherKeys, advice: [...advice, ...warnings] };
    },
  };
}
