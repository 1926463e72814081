import { VarvelError } from '../model/error.ts';
import type { Ports } from '../ports.ts';
import { isForeignPin } from '../profiles/foreign-pin.ts';
import { parsePin } from '../profiles/pin.ts';
import { pinWarnings } from '../profiles/pin-warnings.ts';
import { shells as knownShells } from '../shells/shells.ts';
import type { ShellsHere } from '../shells/shells-here.ts';
import { foundKey, type OurFacts, type StartUpKey } from './facts.ts';
import { otherHosts } from './hosts.ts';
import { projectTeams } from './project-teams.ts';
import { toolKeys } from './tool-keys.ts';
import { type WhichWithHosts, whichKey } from './which.ts';

export interface WhichRequest {
  /** The process's variables. */
  env: Record<string, string | undefined>;
  folder: string;
  /** As if --profile were given. */
  profile: string | null;
  /** As if FAL_PROFILE were set to it. */
  falProfile: string | null;
  /** About new shells of the user, not about the one that asks. */
  newShells?: boolean;
}

/**
 * Which key wins for a program started in a folder with these variables, and warnings about the folder's pin.
 * @throws VarvelError `not_found` for a folder that doesn't exist
 */
export async function whichHere(
  ports: Pick<
    Ports,
    | 'state'
    | 'files'
    | 'pinFiles'
    | 'startUpFiles'
    | 'projectFiles'
    | 'toolFiles'
    | 'falConfigPath'
    | 'hasFalSignIn'
  >,
  { env, folder, profile, falProfile, newShells = false }: WhichRequest,
): Promise<{ found: WhichWithHosts; warnings: string[] }> {
  ports.pinFiles.pathInExisting(folder);
  const shellsHere = await ports.startUpFiles.look();
  const pin = pinOf(ports, folder);
  const variable = env.VARVEL_PROFILE || null;
  const decided = await whichKey(
    { argument: profile, variable, pin },
    {
      variables: env,
      falProfile,
      startUp: startUpKeys(shellsHere, newShells),
      shell: shellsHere.shells.find(({ login }) => login)?.shell ?? 'sh',
      project: projectTeams(ports.projectFiles.above(folder)),
      signedIn: ports.hasFalSignIn(env, folder),
    },
    ports,
  );
  const found = { ...decided, otherKeys: toolKeys(await ports.toolFiles.read(folder)) };
  const { profile: name } = found.varvel.winner;
  const host = name === null ? null : (ports.state.profiles.get(name)?.host ?? null);
  for (const other of name === null ? [] : otherHosts(env, host)) {
    found.advice.push(
      `${other.name} in this shell sends keys to ${other.host}, which profile “${name}” doesn’t name. Unset ${other.name}.`,
    );
  }
  if (pin.kind !== 'pin' && pin.kind !== 'foreign') return { found, warnings: [] };
  const handSet = foundKey(env.FAL_KEY);
  const warnings = pinWarnings(
    {
      pin,
      handSetKeyId: handSet.kind === 'key' ? handSet.id : null,
      explicit: profile ?? variable,
      isForeign: pin.kind === 'foreign',
    },
    ports.state,
  );
  return { found, warnings: warnings.map(({ text }) => text) };
}

/** Only what the user's own shell reads decides, and only in shells that are yet to start. */
const startUpKeys = ({ shells, sets }: ShellsHere, newShells: boolean): StartUpKey[] =>
  sets.map(({ file, line, keyId, shells: readers }) => ({
    place: `${file}:${line}`,
    keyId,
    shells: readers.map((shell) => knownShells[shell].label),
    decides: newShells && shells.some(({ shell, login }) => login && readers.includes(shell)),
  }));

/** The active pin; an invalid one is reported, not thrown. */
function pinOf(ports: Pick<Ports, 'state' | 'pinFiles'>, folder: string): OurFacts['pin'] {
  try {
    const found = ports.pinFiles.nearest(folder);
    if (!found) return { kind: 'none' };
    const pin = parsePin(found.text, found.path);
    return { kind: isForeignPin(pin, ports) ? 'foreign' : 'pin', ...pin };
  } catch (error) {
    if (error instanceof VarvelError) return { kind: 'unreadable', problem: error.message };
    throw error;
  }
}
