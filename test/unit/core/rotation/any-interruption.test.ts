import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMortal, original } from './mortal.ts';

const act = fc.record({
  what: fc.constantFrom('start', 'resume', 'finish', 'abort', 'due', 'wait'),
  calls: fc.integer({ min: 0, max: 45 }),
  how: fc.constantFrom('dies', 'fails'),
});

test('however often and wherever it is interrupted, resumed and aborted: consumers’ keys work, no key is lost, and it can be finished', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), fc.boolean(), async (acts, goBack) => {
      using mortal = createMortal();
      const { world, atFal, rotations } = mortal;
      await mortal.prepare();
      const current = () => world.state.profiles.get('staging')?.keyId ?? '';
      for (const { what, calls, how } of acts) {
        const key = world.state.keys.get(current());
        if (what === 'wait') world.clock.advance(3_600_000);
        else
          await mortal.during(calls, how, async () => {
            if (what === 'start') return key && rotations().start({ key, graceMs: 3_600_000 });
            if (what === 'due') return rotations().resumeDue(false);
            if (what === 'abort') return rotations().abort(current(), null);
            return rotations().resume(current(), what === 'finish' ? 0 : null);
          });
        expect(world.state.rotations.active().length).toBeLessThanOrEqual(1);
      }
      // nothing is ever stuck: it can be finished, or, as long as the old key works, taken back
      if (world.state.rotations.active().length > 0) {
        const before = current();
        const oldKey = world.state.rotations.active()[0]?.oldKeyId ?? '';
        if (goBack && atFal.has(oldKey)) await rotations().abort(before, 0);
        else await rotations().resume(before, 0);
      }
      expect(world.state.rotations.active()).toEqual([]);
      mortal.checkConsumers();
      expect(mortal.dead).toEqual([]);
      // one key at fal, one here, one in the vault: the same
      expect([...atFal.keys()]).toEqual([current()]);
      expect(world.state.keys.all().map(({ id }) => id)).toEqual([current()]);
      const found = new Set(mortal.halfStored().map((id) => `key/${id}`));
      found.delete(`key/${current()}`);
      expect(
        [...world.secrets.entries.keys()].filter((name) => name.startsWith('key/') && !found.has(name)),
      ).toEqual([`key/${current()}`]);
      await mortal.undo();
      expect(readFileSync(mortal.file, 'utf8')).toBe(original);
    }),
    { numRuns: Number(process.env.VARVEL_RUNS ?? 40) },
  );
});
