import type { EventName, EventPayload } from '../../../../contract/events.ts';
import type { MethodName } from '../../../../contract/methods.ts';
import type { Problem } from '../../../../contract/problem.ts';
import type { Varvel } from '../../../../core/varvel.ts';
import { findPlace, open } from '../../../../host/open.ts';
import type { Sandbox } from '../../../../sandbox/start.ts';
import { createWindows } from '../../../../web/windows.ts';
import { createMemorySecrets, type MemorySecrets } from '../../../fakes/memory-secrets.ts';
import { ask } from '../../../integration/sandbox/running.ts';
import { type CoreOptions, startCore } from './core.ts';
import { type FillOptions, fill } from './fill.ts';
import { createInterference, type Interference } from './interference.ts';
import { createMachine, type Machine } from './machine.ts';
import { servePages } from './page-server.ts';
import { signInAt } from './person.ts';

export interface ProgramOptions extends FillOptions {
  face?: CoreOptions['face'];
  /** A passphrase vault instead of one in memory. */
  vault?: {
    /** Null leaves it to be set up. */
    passphrase: string | null;
    /** What VARVEL_PASSPHRASE says. */
    given?: string;
  };
  /** Variables that the program is started with, besides the usual ones. */
  variables?: NodeJS.ProcessEnv;
  /** Shells don't find varvel. */
  noCommand?: boolean;
  /** How long a person takes in the browser, in milliseconds; without, they do nothing there. */
  signInAfter?: number;
  /** What the person chooses in the system's dialog for a path, below the home folder; without, they close it. */
  chosenPath?: string;
  /** Methods that fail from the beginning. */
  failures?: Partial<Record<MethodName, Problem>>;
  /** Done before the window opens. */
  prepare?: (program: Program) => Promise<unknown>;
}

/** A running program, and what a test can do to it. */
export interface Program extends Pick<Interference, 'calls' | 'fail' | 'delay'> {
  machine: Machine;
  sandbox: Sandbox;
  /** The vault, unless it is one under a passphrase. */
  secrets: MemorySecrets;
  /** Lets a browser in, once. */
  newLink(): string;
  varvel(): Varvel;
  emit<Name extends EventName>(event: Name, payload: EventPayload<Name>): void;
  /** Does something as another process of this machine does. */
  elsewhere<T>(work: (varvel: Varvel) => T | Promise<T>): Promise<T>;
  /** Tells the sandbox's controls. */
  tell(path: string, body?: unknown): Promise<void>;
}

/** Starts the program on a machine and at a fal of its own, and serves its window as `varvel web` does. */
export async function startProgram(
  sandbox: Sandbox,
  rendererFolder: string,
  options: ProgramOptions,
): Promise<Program & AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  const { face = 'desktop', firstRun = false, vault, variables, noCommand = false, signInAfter } = options;
  const tell = async (path: string, body: unknown = {}): Promise<void> => {
    const { status } = await ask(`${sandbox.control}/${path}`, { body });
    if (status !== 200) throw new Error(`${path}: ${status}`);
  };
  await tell('reset');
  const machine = undo.use(
    // a program that is new is not in the sandbox, which plays fal's part by another name
    await createMachine({ sandbox, environment: firstRun ? 'mine' : 'sandbox', noCommand }),
  );
  const memory = createMemorySecrets();
  const secrets = vault ? undefined : memory;
  const passphrase = vault?.passphrase ?? null;
  const asked = { ...machine.env, ...variables, ...(vault && { VARVEL_VAULT: 'file' }) };
  const unlocked = { ...asked, ...(passphrase !== null && { VARVEL_PASSPHRASE: passphrase }) };
  // what was there before a vault is set up stands in another one
  const before = passphrase === null ? memory : undefined;
  await fill({ sandbox, machine, env: unlocked, secrets: before }, options);

  const env = { ...asked, ...(vault?.given !== undefined && { VARVEL_PASSPHRASE: vault.given }) };
  const windows = createWindows();
  const core = undo.use(
    await startCore({
      env,
      face,
      emit: windows.emit,
      secrets,
      browser: {
        async open(url) {
          if (signInAfter !== undefined) setTimeout(() => void signInAt(url, sandbox), signInAfter).unref();
          return face === 'desktop';
        },
      },
      chosenPath: options.chosenPath === undefined ? null : `${machine.home}/${options.chosenPath}`,
    }),
  );
  const interference = createInterference(core.call, options.failures ?? {});
  const { newLink } = undo.use(
    await servePages(rendererFolder, {
      windows,
      theme: () => core.session.varvel().settings.read().theme,
      call: interference.call,
    }),
  );
  const program = {
    ...interference,
    machine,
    sandbox,
    secrets: memory,
    newLink,
    varvel: core.session.varvel,
    emit: windows.emit,
    async elsewhere<T>(work: (varvel: Varvel) => T | Promise<T>): Promise<T> {
      const other = await open({
        place: findPlace(unlocked),
        face: 'terminal',
        env: unlocked,
        ask: false,
        warn: () => undefined,
        ...(secrets && { secrets }),
      });
      try {
        return await work(other);
      } finally {
        await other.close();
      }
    },
    tell,
  };
  await options.prepare?.(program);
  const kept = undo.move();
  return { ...program, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The methods whose answers held one of these texts. */
export const carriersOf = ({ calls }: Program, texts: string[]): string[] =>
  calls
    .filter(({ answer }) => texts.some((text) => JSON.stringify(answer).includes(text)))
    .map(({ method }) => method);
