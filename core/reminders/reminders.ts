import type { StoredKey } from '../model/fal/key.ts';
import type { RotateAfter, RotateBy, RotateByRule } from '../model/fal/rotate-by.ts';
import type { Ports } from '../ports.ts';
import { generalRule } from './general-rule.ts';

const dayMs = 86_400_000;

export type Reminders = ReturnType<typeof createReminders>;

/** A key that is older than its rule allows. */
export interface DueKey {
  key: StoredKey;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** By when keys are to be rotated: by their own rule, their account's policy, or the rule for all keys. */
export function createReminders({ state, clock }: Pick<Ports, 'state' | 'clock'>) {
  /** Reads the rules once, for many keys. */
  function ruleOf(): (key: Pick<StoredKey, 'id' | 'account' | 'createdAt'>) => RotateBy {
    const rules = new Map(state.rotateBy.all().map(({ subject, id, after }) => [`${subject} ${id}`, after]));
    const general = generalRule(state);
    return ({ id, account, createdAt }) => {
      const own = rules.get(`key ${id}`) ?? null;
      const ofAccount = (account && rules.get(`account ${account.id}`)) ?? null;
      const after = own ?? ofAccount ?? general;
      const dueAt =
        createdAt === null || after === null || after === 'never' ? null : createdAt + after * dayMs;
      return { own, account: ofAccount, general, dueAt };
    };
  }

  /** The stored keys that are due, the most overdue first. Not those that are being rotated, or end by themselves. */
  function due(): DueKey[] {
    if (state.rotateBy.all().length === 0 && generalRule(state) === null) return [];
    const rule = ruleOf();
    const exempt = new Set([
      ...state.rotations.active().map(({ oldKeyId }) => oldKeyId),
      ...state.temporaryKeys.all().map(({ keyId }) => keyId),
    ]);
    return state.keys
      .all()
      .flatMap((key) => {
        const { dueAt } = rule(key);
        return dueAt !== null && dueAt <= clock.now() && !exempt.has(key.id) ? [{ key, dueAt }] : [];
      })
      .sort((a, b) => a.dueAt - b.dueAt);
  }

  const set = (subject: RotateByRule['subject'], id: string, after: RotateAfter | null): void =>
    after === null ? state.rotateBy.remove(subject, id) : state.rotateBy.put({ subject, id, after });

  return {
    ruleOf,
    due,

    /** A key's own rule; null for its account's policy. */
    setForKey: ({ id }: Pick<StoredKey, 'id'>, after: RotateAfter | null): void => set('key', id, after),

    /** An account's policy; null for the rule for all keys. */
    setForAccount: (accountId: string, after: RotateAfter | null): void => set('account', accountId, after),

    /** The accounts' policies, by their ids. */
    policies: (): Map<string, RotateAfter> =>
      new Map(
        state.rotateBy
          .all()
          .flatMap(({ subject, id, after }) => (subject === 'account' ? [[id, after]] : [])),
      ),

    /** The due keys that nobody was notified of, each once for each due date, whichever program asks. */
    toNotify: (): DueKey[] => due().filter(({ key, dueAt }) => state.rotateBy.remind(key.id, dueAt)),
  };
}
