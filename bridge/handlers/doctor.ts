import type { Check } from '../../core/model/machine/doctor.ts';
import { redactedReport } from '../../core/model/machine/doctor.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';

export function doctorHandlers({ session }: HandlerContext): Handlers<MethodsOf<'doctor'>> {
  return {
    'doctor.examine': async () => {
      const checks: Check[] = await session.examine();
      return { checks, report: redactedReport(checks, session.home) };
    },
  };
}
