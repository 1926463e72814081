import { VarvelError } from '../model/error.ts';
import { parseKey } from '../model/key.ts';

/** What is known about a key that was found somewhere: never its secret. */
export type FoundKey =
  | { kind: 'none' }
  /** The variable is set, but empty. */
  | { kind: 'empty' }
  | { kind: 'key'; id: string }
  /** Not in the format id:secret. */
  | { kind: 'malformed' };

/** What decides which key fal's tools use, in one shell and folder. */
export interface FalFacts {
  /** FAL_FORCE_AUTH_BY_USER is 1. */
  forceUser: boolean;
  falKey: FoundKey;
  /** FAL_KEY_ID and FAL_KEY_SECRET; `half` is the only one that is set. */
  pair: { kind: 'none' } | { kind: 'half'; half: string } | { kind: 'empty' } | { kind: 'key'; id: string };
  /** Google Colab: only the notebook can read its secret FAL_KEY. */
  colab: boolean;
  /** The fal CLI's --profile argument. */
  profileArgument: string | null;
  /** FAL_PROFILE. */
  profileVariable: string | null;
  config: {
    path: string;
    /** Why it can't be read; it counts as empty then. */
    problem: string | null;
    /** `__internal__.profile` */
    profile: string | null;
    /** `__internal__.team` */
    team: string | null;
    profiles: { name: string; key: FoundKey; host?: string | null }[];
  };
  /** Whether the fal CLI is signed in. */
  signedIn: boolean;
}

/** What decides which key Varvel's own commands use. */
export interface OurFacts {
  argument: string | null;
  variable: string | null;
  pin:
    | { kind: 'none' }
    | { kind: 'pin'; profile: string; path: string }
    | { kind: 'unreadable'; problem: string };
  current: string | null;
}

/** The key in a variable or a file, without its secret. */
export function foundKey(text: string | undefined | null): FoundKey {
  if (text === undefined || text === null) return { kind: 'none' };
  if (text === '') return { kind: 'empty' };
  try {
    return { kind: 'key', id: parseKey(text).id };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'malformed' };
    throw error;
  }
}
