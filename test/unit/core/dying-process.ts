import { VarvelError } from '../../../core/model/error.ts';

/** A process that dies: nothing of it goes on. */
class Death extends Error {}

/** A process that can die, or lose its connections, before or after any call that leaves it. */
export function createDyingProcess() {
  let life = Number.POSITIVE_INFINITY;
  let failing = false;
  const spend = () => {
    life -= 1;
    if (life < 0) throw failing ? new VarvelError('unreachable', 'Can’t reach fal.', '') : new Death();
  };
  return {
    /** A call that leaves it. */
    async leaving<T>(work: () => T | Promise<T>): Promise<T> {
      spend();
      const result = await work();
      spend();
      return result;
    },
    /** Does something that ends after so many calls: by death, or by a failure from then on. */
    async during(calls: number, how: 'dies' | 'fails', work: () => Promise<unknown>): Promise<void> {
      [life, failing] = [calls, how === 'fails'];
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Death) && !(error instanceof VarvelError)) throw error;
      } finally {
        life = Number.POSITIVE_INFINITY;
      }
    },
  };
}
