import type { ErrorCode } from '../error.ts';
import type { Hint } from '../hint.ts';

export const checkNames = [
  'program',
  'data folder',
  'database',
  'activity',
  'vault',
  'rotations',
  'keys',
  'sign-in',
  'network',
  'tools',
  'shell',
] as const;
export const checkStates = ['well', 'note', 'broken'] as const;

interface CheckText {
  name: (typeof checkNames)[number];
  message: string;
  hint: Hint;
  /** The parts of the message that a report to share leaves out: names of people, profiles and keys, and paths. */
  names: string[];
}

/** The result of a check: well, worth knowing, or broken. */
export type Check = CheckText & ({ state: 'well' | 'note' } | { state: 'broken'; code: ErrorCode });

const marks = { well: 'ok', note: 'note', broken: 'broken' } as const;
const keyId = /\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

/** The checks as text to share: without names, with the home folder as ~ and key ids cut short. */
export function redactedReport(checks: readonly Check[], home: string): string {
  return checks.map((check) => `${marks[check.state]}: ${check.name}: ${redacted(check, home)}\n`).join('');
}

function redacted(check: Check, home: string): string {
  const code = check.state === 'broken' ? ` (${check.code})` : '';
  const names = check.names.filter((name) => name !== '').sort((a, b) => b.length - a.length);
  const text = names.reduce((before, name) => before.replaceAll(name, '***'), check.message);
  const inHome = home.length > 1 ? text.replaceAll(home, '~') : text;
  return `${inHome.replace(keyId, '$1…')}${code}`;
}
