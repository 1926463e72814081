import type { Answer, Bridge } from '../../../contract/bridge.ts';
import type { EventName, EventPayload } from '../../../contract/events.ts';
import { type Input, type MethodName, methods, type Output } from '../../../contract/methods.ts';
import type { Problem, Vault } from '../../../contract/rows.ts';
import { fakeAccounts } from './fake/accounts.ts';
import { fakeApp } from './fake/app.ts';
import { fakeBackup } from './fake/backup.ts';
import { fakeExports } from './fake/exports.ts';
import { fakeFalcli } from './fake/falcli.ts';
import { fakeKeys } from './fake/keys.ts';
import { createMemory, type FakeOptions, Refusal, wait } from './fake/memory.ts';
import { fakeProfiles } from './fake/profiles.ts';
import { fill } from './fake/seed.ts';
import { fakeShells } from './fake/shells.ts';
import { fakeUsage } from './fake/usage.ts';
import { fakeWhich } from './fake/which.ts';

/** The bridge, in memory, and what a test can do to it. */
export interface FakeWorld {
  bridge: Bridge;
  /** From now on the method fails so; null ends it. */
  fail: (method: MethodName, problem: Problem | null) => void;
  emit: <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
  /** Switches as another process does. */
  switchElsewhere: (name: string) => void;
  /** Silently: as a keychain that locks by itself. */
  setVault: (vault: Vault, silently?: boolean) => void;
  /** Keeps the next key that is made out of the vault. */
  failNextStore: () => void;
  traffic: { method: string; input: unknown; answer: unknown }[];
  clipboard: () => string;
}

type Handlers = { [Name in MethodName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>> };

export function createFakeWorld(options: FakeOptions = {}): FakeWorld {
  const memory = createMemory(options);
  const { state, emit, changed } = memory;
  const failures = new Map<string, Problem>(Object.entries(options.failures ?? {}));
  const traffic: FakeWorld['traffic'] = [];

  fill(memory);
  // a subject a line, each in a file of its own
  const handlers: Handlers = {
    ...fakeApp(memory),
    ...fakeAccounts(memory),
    ...fakeKeys(memory),
    ...fakeProfiles(memory),
    ...fakeExports(memory),
    ...fakeShells(memory),
    ...fakeFalcli(memory),
    ...fakeUsage(memory),
    ...fakeBackup(memory),
    ...fakeWhich(memory),
  };

  async function answer<Name extends MethodName>(method: Name, input: unknown): Promise<Answer> {
    try {
      if (options.latency) await wait(options.latency);
      const failure = failures.get(method);
      if (failure) return { error: failure };
      const schemas: { [Each in MethodName]: { input: { parse: (given: unknown) => Input<Each> } } } =
        methods;
      return { ok: structuredClone(await handlers[method](schemas[method].input.parse(input))) };
    } catch (error) {
      if (error instanceof Refusal) return { error: error.problem };
      console.error('The fake bridge failed', method, error);
      return { error: { code: 'invalid', message: 'The call is not of the contract.', hint: String(error) } };
    }
  }

  return {
    bridge: {
      async call(method, input) {
        const known = Object.keys(methods).find((each): each is MethodName => each === method);
        const given = known
          ? await answer(known, input)
          : { error: { code: 'invalid', message: `There is no ${method}.`, hint: '' } };
        traffic.push({ method, input, answer: given });
        return given;
      },
      on: memory.on,
    },
    fail: (method, problem) => void (problem ? failures.set(method, problem) : failures.delete(method)),
    emit,
    switchElsewhere: (name) => {
      state.current = name;
      changed('profiles');
    },
    setVault: (next, silently = false) => {
      state.vault = next;
      if (!silently) changed('vault');
    },
    failNextStore: () => {
      state.storeFails = true;
    },
    traffic,
    clipboard: () => state.clipboard,
  };
}
