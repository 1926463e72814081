import { partProblemRow } from './accounts.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function usageHandlers({ session }: HandlerContext): Handlers<MethodsOf<'usage'>> {
  return {
    'usage.read': async ({ days, members }) => {
      const usage = await session.varvel().usage();
      const { problems, ...report } = await usage.read(null, days, undefined, members);
      return { ...report, problems: problems.map(partProblemRow) };
    },
  };
}
