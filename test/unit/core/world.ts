import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FalClients } from '../../../core/fal/clients.ts';
import type { State } from '../../../core/ports/state.ts';
import type { Locks } from '../../../core/ports.ts';
import { openState } from '../../../platform/state/open-state.ts';
import { createFixedClock } from '../../fakes/fixed-clock.ts';
import { createMemoryGithub } from '../../fakes/memory-github.ts';
import { createMemorySecrets } from '../../fakes/memory-secrets.ts';

/**
 * Parts of the core's world: a real database, a vault in memory, a clock that stands still.
 * @param parent the folder for the database
 */
export function createWorld(parent = tmpdir()) {
  const folder = mkdtempSync(join(parent, 'varvel-unit-'));
  // an export beside the database would be refused
  const data = join(folder, 'data');
  mkdirSync(data);
  const state: State = openState(data);
  const warnings: string[] = [];
  const unasked = () => Promise.reject(new Error('fal was not to be asked'));
  /** What time fal's answers say it is. */
  const fal: { time: number | null } = { time: null };
  return {
    folder,
    warnings,
    warn: (sentence: string) => void warnings.push(sentence),
    state,
    secrets: createMemorySecrets(),
    clock: createFixedClock(),
    locks: oneAtATime(),
    fal,
    http: { fetch: unasked, grpc: unasked, serverNow: () => fal.time },
    uninterrupted: <T>(work: () => Promise<T>): Promise<T> => work(),
    github: createMemoryGithub(),
    falConfigPath: null,
    [Symbol.dispose]() {
      state.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Locks within one process. */
function oneAtATime(): Locks & { taken: string[] } {
  const tails = new Map<string, Promise<unknown>>();
  const taken: string[] = [];
  return {
    taken,
    exclusive(name, work) {
      taken.push(name);
      const before = tails.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      tails.set(
        name,
        mine.catch(() => undefined),
      );
      return mine;
    },
  };
}

/** fal's clients of which a test gives those that are to be asked; the others fail the test. */
export function clientsOf(
  given: { [Name in keyof FalClients]?: Partial<FalClients[Name]> },
): () => Promise<FalClients> {
  const client = <Name extends keyof FalClients>(name: Name): FalClients[Name] =>
    new Proxy<FalClients[Name]>(Object.create(null), {
      get: (_, method) => {
        const found: unknown = Reflect.get(given[name] ?? {}, method);
        if (found !== undefined) return found;
        throw new Error(`${name}.${String(method)} was not to be asked`);
      },
    });
  return async () => ({
    signIn: client('signIn'),
    rest: client('rest'),
    keyService: client('keyService'),
    platform: client('platform'),
    models: client('models'),
  });
}
