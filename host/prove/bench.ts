import type { VaultKind } from '../../core/model/machine/vault.ts';

/** What proofs work with. */
export interface Bench {
  /** A temporary folder of their own. */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** The vault that this machine uses. */
  vault: VaultKind;
  /** The real data folder of the environment. Only read. */
  data: string;
  /** The command that runs this program: absolute paths. */
  program: readonly [string, ...string[]];
}

/** A promise that didn't hold. */
export class Broken extends Error {}

/** What the machine lacks for a proof. */
export class Lacking extends Error {}

/** @throws Broken with what went wrong */
export function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Broken(otherwise);
}
