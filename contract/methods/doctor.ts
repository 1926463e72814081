import * as z from 'zod/mini';
import { checkNames, checkStates } from '../../core/model/machine/doctor.ts';
import { hint } from '../hint.ts';
import { method, nothing, text } from '../method.ts';

const check = z.object({ name: z.enum(checkNames), state: z.enum(checkStates), message: text, hint });

const examination = z.object({
  checks: z.array(check),
  /** The checks as text to share, without names and paths. */
  report: text,
});
export type Examination = z.infer<typeof examination>;

export const doctorMethods = {
  /** Checks what `varvel doctor` checks. Takes up to 5 s without a network. */
  'doctor.examine': method(nothing, examination),
};
