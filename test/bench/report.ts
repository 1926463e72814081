import { named } from './contenders.ts';
import type { DesktopCost } from './desktop.ts';
import type { FindCost } from './find.ts';
import type { Times } from './measure.ts';
import type { PromptCost } from './prompts.ts';
import { type RotationCost, rotatedFiles } from './rotation.ts';
import type { WindowCost } from './window.ts';

export interface Row {
  name: string;
  runs: number;
  median_ms: number;
  p10_ms: number;
  p90_ms: number;
}

export interface Claim {
  claim: string;
  ratio: number;
  limit: number;
  holds: boolean;
}

export interface Report {
  rows: Row[];
  /** A prompt's cost while nothing changes, in microseconds. */
  prompts: PromptCost[];
  /** Null without Chromium. */
  window: WindowCost | null;
  /** Null without Electron. */
  desktop: DesktopCost | null;
  rotation: RotationCost;
  find: FindCost;
  claims: Claim[];
  /** Programs that are not installed here. */
  absent: string[];
  node: string;
  cpu: string;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** The value with a given share of the sorted values below it. */
const quantile = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export function rowsOf(times: Times): Row[] {
  return [...times].map(([name, all]) => {
    const sorted = [...all].sort((a, b) => a - b);
    const [p10, median, p90] = [0.1, 0.5, 0.9].map((share) => round(quantile(sorted, share), 1));
    const nothing = Number.NaN;
    return {
      name,
      runs: all.length,
      median_ms: median ?? nothing,
      p10_ms: p10 ?? nothing,
      p90_ms: p90 ?? nothing,
    };
  });
}

/** Varvel's claims about its speed: ratios of medians from the same run. */
export function claimsOf({
  rows,
  prompts,
  window,
  desktop,
  rotation,
  find,
}: Pick<Report, 'rows' | 'prompts' | 'window' | 'desktop' | 'rotation' | 'find'>): Claim[] {
  const median = (name: string): number => rows.find((row) => row.name === name)?.median_ms ?? Number.NaN;
  const claim = (of: string, to: string, limit: number): Claim => {
    const ratio = median(of) / median(to);
    return { claim: `${of}  /  ${to}`, ratio: round(ratio, 2), limit, holds: ratio <= limit };
  };
  return [
    claim(named.version, named.node, 1.3),
    claim(named.envFew, named.node, 2),
    claim(named.envMany, named.envFew, 1.2),
    claim(named.applyMany, named.applyFew, 1.5),
    claim(named.prompt, named.node, 3),
    claimOf(
      `a file of a rotated key, ${rotatedFiles.many} files  /  ${rotatedFiles.few}`,
      rotation.many / rotation.few,
      2,
    ),
    claim(named.findStaged, named.node, 2),
    claimOf('find: seconds of a processor for 1 GB of text, 50 keys', 1 / find.speed, 1),
    ...(find.grep === null
      ? []
      : [claimOf('find, 50 keys in five forms  /  grep -F, 50 secrets', find.varvel / find.grep, 2)]),
    ...prompts.flatMap(promptClaims),
    ...(window ? windowClaims(window) : []),
    ...(desktop ? desktopClaims(desktop) : []),
  ];
}

/** A measured value and its limit. */
const claimOf = (claim: string, value: number, limit: number, digits = 2): Claim => ({
  claim,
  ratio: round(value, digits),
  limit,
  holds: value <= limit,
});

function desktopClaims({ starts, rest, calls }: DesktopCost): Claim[] {
  return [
    claimOf(
      'start to window, 10,000 profiles  /  an empty Electron window',
      starts.many.shown / starts.empty.shown,
      1.3,
    ),
    claimOf('start to content, 10,000 profiles  /  12', starts.many.content / starts.few.content, 1.2),
    claimOf('wake-ups a second at rest, more than an empty window', rest.many.wakes - rest.empty.wakes, 4, 1),
    claimOf(
      `reading one of 10,000 profiles  /  an empty call, over ${calls.over}`,
      calls.read / calls.nothing,
      3,
    ),
  ];
}

/** The window with 10,000 profiles: a key takes less than a frame of 16 ms, and scrolling drops no measurable frames. */
function windowClaims({ paint, filter, dropped, code, calls }: WindowCost): Claim[] {
  return [
    claimOf('the window’s first paint, 10,000 profiles  /  none', paint.many / paint.empty, 1.5),
    claimOf('a key in the filter over 10,000 profiles, in ms', filter, 16, 1),
    claimOf('scrolling 10,000: frames dropped, more than a plain list, of 60', dropped.more, 1, 0),
    claimOf('the window’s scripts, compressed, in kB', code, 250, 0),
    ...calls.map(({ over, nothing, read }) =>
      claimOf(`reading one of 10,000 profiles  /  an empty call, over ${over}`, read / nothing, 3),
    ),
  ];
}

/** A prompt with nothing to do: its cost in ms, and compared with direnv's in that shell. */
function promptClaims({ shell, empty, varvel, pinned, direnv }: PromptCost): Claim[] {
  const added = round(Math.max(varvel, pinned) / 1000, 2);
  const own = {
    claim: `a prompt of ${shell}, nothing changed, pinned or not, in ms`,
    ratio: added,
    limit: 0.3,
    holds: added < 0.3,
  };
  if (direnv === null) return [own];
  // from a fiftieth to a thirtieth: files and processes cost differently from machine to machine
  const share = round((Math.max(varvel, pinned) - empty) / (direnv - empty), 3);
  return [
    own,
    { claim: `the same  /  direnv’s in ${shell}`, ratio: share, limit: 0.05, holds: share <= 0.05 },
  ];
}

export function reportText({
  rows,
  prompts,
  window,
  desktop,
  rotation,
  find,
  claims,
  absent,
  node,
  cpu,
}: Report): string {
  const base = rows.find(({ name }) => name === named.node)?.median_ms ?? Number.NaN;
  const widest = Math.max(...rows.map(({ name }) => name.length), ...claims.map(({ claim }) => claim.length));
  const number = (value: number, digits = 1) => value.toFixed(digits).padStart(8);
  const table = rows.map(
    ({ name, median_ms, p10_ms, p90_ms, runs }) =>
      `${name.padEnd(widest)}${number(median_ms)}${number(p10_ms)}${number(p90_ms)}${number(median_ms / base, 2)}${String(runs).padStart(7)}`,
  );
  const heads = ['median', 'p10', 'p90', '/ node'].map((head) => head.padStart(8)).join('');
  return [
    `Whole processes, in milliseconds, interleaved; Node ${node} on ${cpu}`,
    '',
    `${' '.repeat(widest)}${heads}${'runs'.padStart(7)}`,
    ...table,
    ...absent.map((name) => `${name} is not installed and was skipped.`),
    '',
    'The 10,000 profiles share 10 keys. The passphrase vault is slow on purpose: it derives a key from the passphrase',
    'each time. `varvel vault unlock` avoids that for a while.',
    '',
    'A prompt while nothing changes, in microseconds:',
    `${' '.repeat(widest)}${['empty', 'varvel', 'pinned', 'direnv'].map((head) => head.padStart(9)).join('')}`,
    ...prompts.map(
      ({ shell, empty, varvel, pinned, direnv }) =>
        `${shell.padEnd(widest)}${[empty, varvel, pinned, direnv].map((cost) => (cost === null ? '–' : cost.toFixed(1)).padStart(9)).join('')}`,
    ),
    '',
    ...(window ? windowLines(window) : ['Chromium is not installed: the window was skipped.']),
    '',
    ...(desktop ? desktopLines(desktop) : ['Electron is not installed: the desktop program was skipped.']),
    '',
    `Finding copies of 50 keys: ${find.speed.toFixed(1)} GB of text for each second of a processor; a tree of ${Math.round(find.bytes / 1e6)} MB takes ${find.varvel.toFixed(0)} ms${find.grep === null ? '' : `, grep -F ${find.grep.toFixed(0)} ms`}`,
    '',
    `Rotating a key: ${rotation.few.toFixed(1)} ms for each of ${rotatedFiles.few} files, ${rotation.many.toFixed(1)} ms for each of ${rotatedFiles.many}`,
    '',
    ...claims.map(
      ({ claim, ratio, limit, holds }) =>
        `${claim.padEnd(widest)}${number(ratio, limit < 0.1 ? 3 : 2)}  claim: at most ${limit}  ${holds ? 'holds' : 'does not hold'}`,
    ),
    '',
  ].join('\n');
}

function desktopLines({ electron, starts, rest }: DesktopCost): string[] {
  const line = (what: string, { shown, content }: DesktopCost['starts']['few']) =>
    `${what}: window shown after ${shown.toFixed(0)} ms, content after ${content.toFixed(0)} ms`;
  const atRest = (what: string, { memory, cpu, wakes }: DesktopCost['rest']['many']) =>
    `${what} at rest: ${memory.toFixed(0)} MB in all processes, ${cpu.toFixed(2)} % of a processor, ${wakes.toFixed(1)} wake-ups a second`;
  return [
    `The desktop program on Electron ${electron}, from its start:`,
    line('an empty window', starts.empty),
    line('12 profiles', starts.few),
    line('10,000 profiles', starts.many),
    atRest('an empty window', rest.empty),
    atRest('10,000 profiles', rest.many),
  ];
}

function windowLines({ paint, filter, dropped, code, calls }: WindowCost): string[] {
  const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
  return [
    'The window in Chromium, over `varvel web`, with 10,000 profiles:',
    `first paint with content ${ms(paint.many)}, with no profile ${ms(paint.empty)}; a key in the filter ${ms(filter)}`,
    `frames dropped of 60 while scrolling: ${dropped.many}, a plain list of twenty rows: ${dropped.plain}; scripts ${code.toFixed(0)} kB`,
    ...calls.map(
      ({ over, nothing, read }) => `a call over ${over}: ${ms(nothing)} empty, ${ms(read)} reading a profile`,
    ),
  ];
}
