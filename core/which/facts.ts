import { VarvelError } from '../model/error.ts';
import { parseKey } from '../model/key.ts';

/** What is known of a key that was found somewhere: never its secret. */
export type FoundKey =
  | { kind: 'none' }
  /** The variable is there and holds nothing. */
  | { kind: 'empty' }
  | { kind: 'key'; id: string }
  /** Not of the form id:secret. */
  | { kind: 'malformed' };

/** What decides over fal's tools in one shell and folder. */
export interface FalFacts {
  /** FAL_FORCE_AUTH_BY_USER is 1. */
  forceUser: boolean;
  falKey: FoundKey;
  /** FAL_KEY_ID and FAL_KEY_SECRET; `half` is the one that is set alone. */
  pair: { kind: 'none' } | { kind: 'half'; half: string } | { kind: 'empty' } | { kind: 'key'; id: string };
  /** Google Colab, whose secret FAL_KEY only the notebook can read. */
  colab: boolean;
  /** The profile given as argument to fal's CLI. */
  profileArgument: string | null;
  /** FAL_PROFILE. */
  profileVariable: string | null;
  config: {
    path: string;
    /** Why it can't be read; it then counts as empty. */
    problem: string | null;
    /** `__internal__.profile` */
    profile: string | null;
    /** `__internal__.team` */
    team: string | null;
    profiles: { name: string; key: FoundKey }[];
  };
  /** Whether fal's CLI has a sign-in of its own. */
  signedIn: boolean;
}

/** What decides over Varvel's own commands. */
export interface OurFacts {
  argument: string | null;
  variable: string | null;
  pin:
    | { kind: 'none' }
    | { kind: 'pin'; profile: string; path: string }
    | { kind: 'unreadable'; problem: string };
  current: string | null;
}

/** What a variable or a file holds, as far as it may be told. */
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
