import { partProblem } from './accounts.ts';
import type { Desk, Handlers, MethodsOf } from './handler.ts';

export function usageHandlers({ session }: Desk): Handlers<MethodsOf<'usage'>> {
  return {
    'usage.read': async ({ days }) => {
      const usage = await session.varvel().usage();
      const { problems, ...report } = await usage.read(null, days);
      return { ...report, problems: problems.map(partProblem) };
    },
  };
}
