import { VarvelError } from '../model/error.ts';
import { parseKey, shownId } from '../model/fal/key.ts';
import type { Shell } from '../shells/shells.ts';

/** What is known about a key that was found somewhere: never its secret. */
export type FoundKey =
  | { kind: 'none' }
  /** The variable is set, but empty. */
  | { kind: 'empty' }
  | { kind: 'key'; id: string }
  /** Not in the format id:secret. Without a colon, the fal CLI doesn't even try it. */
  | { kind: 'malformed'; hasColon: boolean };

/** A line of a start-up file that sets FAL_KEY. */
export interface StartUpKey {
  /** `FILE:LINE` */
  place: string;
  /** Null when the line doesn't name a key. */
  keyId: string | null;
  /** The shells that read the file when they start. */
  shells: readonly string[];
  /** Whether it decides: for new shells of the user. */
  decides: boolean;
}

/** The teams that a project's apps name for `fal run` and `fal deploy`. */
export interface ProjectTeams {
  path: string;
  teams: { app: string; team: string }[];
}

/** What decides which key fal's tools use, in one shell and folder. */
export interface FalFacts {
  /** FAL_FORCE_AUTH_BY_USER is 1. */
  forceUser: boolean;
  falKey: FoundKey;
  /** What start-up files set in new shells. */
  startUp: StartUpKey[];
  /** The user's shell, which advice is written for. */
  shell: Shell;
  /** FAL_KEY_ID, and whether FAL_KEY_SECRET is there; null for one that isn't set. */
  pair: { id: string | null; secret: 'empty' | 'set' | null };
  /** Inside Google Colab. */
  colab: boolean;
  /** FAL_PROFILE. */
  profileVariable: string | null;
  config: {
    /** Null when there can be none: FAL_CONFIG_PATH is empty. */
    path: string | null;
    /** Why it can't be read. The fal CLI fails then, whatever it is asked. */
    problem: string | null;
    /** `__internal__.profile` */
    profile: string | null;
    /** `__internal__.team` */
    team: string | null;
    profiles: { name: string; key: FoundKey; host?: string | null }[];
  };
  project: ProjectTeams | null;
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
    /** Not followed; see isForeignPin. */
    | { kind: 'foreign'; profile: string; path: string }
    | { kind: 'unreadable'; problem: string };
  current: string | null;
}

/** Whether the hook has set this shell's FAL_KEY, and will replace it when the profile changes. */
export const isOfHook = ({
  VARVEL_HOOK_KEY: id,
  FAL_KEY: key,
}: Readonly<Record<string, string | undefined>>): boolean =>
  Boolean(id) && key?.startsWith(`${id}:`) === true;

/** The key in a variable or a file, without its secret. */
export function foundKey(text: string | undefined | null): FoundKey {
  if (text === undefined || text === null) return { kind: 'none' };
  if (text === '') return { kind: 'empty' };
  try {
    return { kind: 'key', id: shownId(parseKey(text)) };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'malformed', hasColon: text.includes(':') };
    throw error;
  }
}
