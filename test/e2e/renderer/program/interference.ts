import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../../../contract/bridge.ts';
import type { MethodName } from '../../../../contract/methods.ts';
import type { Problem } from '../../../../contract/problem.ts';

type Call = (method: string, input: unknown) => Promise<Answer>;

export interface Called {
  method: string;
  input: unknown;
  answer: Answer;
}

export interface Interference {
  /** Every call that was answered, in that order. */
  calls: Called[];
  /** From now on the method fails like this; null ends it. */
  fail(method: MethodName, problem: Problem | null): void;
  /** Keeps the method's answers back, in milliseconds. @param when only those of calls with such an input */
  delay(method: MethodName, ms: number, when?: (input: unknown) => boolean): void;
  call: Call;
}

/**
 * Stands between the window and the program: passes calls on, and fails or delays those that a test chooses.
 * @param failures methods that fail from the beginning
 */
export function createInterference(pass: Call, failures: Partial<Record<MethodName, Problem>>): Interference {
  const failing = new Map<string, Problem>(Object.entries(failures));
  const delayed = new Map<string, { ms: number; when: (input: unknown) => boolean }>();
  const calls: Called[] = [];

  async function answerOf(method: string, input: unknown): Promise<Answer> {
    const problem = failing.get(method);
    if (problem) return { error: problem };
    const answer = await pass(method, input);
    const delay = delayed.get(method);
    if (delay?.when(input)) await sleep(delay.ms, undefined, { ref: false });
    return answer;
  }

  return {
    calls,
    fail(method, problem) {
      if (problem) failing.set(method, problem);
      else failing.delete(method);
    },
    delay: (method, ms, when = () => true) => void delayed.set(method, { ms, when }),
    async call(method, input) {
      const answer = await answerOf(method, input);
      calls.push({ method, input, answer });
      return answer;
    },
  };
}
