import { VarvelError } from '../../../core/model/error.ts';
import { type Check, redactedReport } from '../../../core/model/machine/doctor.ts';
import type { Proof } from '../../../core/model/machine/proof.ts';
import { examine } from '../../../host/doctor.ts';
import { findPlace } from '../../../host/open.ts';
import { homeFolder } from '../../../platform/places/user-path.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { hintWords } from '../../framework/hint-words.ts';
import { wrap } from '../../framework/output/wrap.ts';

export const command = defineCommand({
  summary: 'Check that everything works, and how to fix what doesn’t',
  details:
    'Checks the data folder, the database, the vault, fal’s servers, your sign-ins and this shell. Exits with 0 if everything works, otherwise with the code of the first problem. With --prove it tries Varvel’s promises on this machine instead, in a temporary folder: it kills commands while they write, damages databases and lays traps, and says what held. That takes less than a minute. Your own data is only read.',
  examples: [
    'varvel doctor',
    'varvel doctor --offline --json',
    'varvel doctor --report',
    'varvel doctor --prove',
  ],
  options: {
    offline: { type: 'boolean', describe: 'don’t check fal’s servers' },
    report: { type: 'boolean', describe: 'print a report to share, without names and paths' },
    prove: { type: 'boolean', describe: 'try Varvel’s promises on this machine' },
  },
  positionals: [],
  async run(context, { offline = false, report = false, prove = false }) {
    if (prove) {
      if (report || offline) throw notTogether();
      return provePromises(context);
    }
    const { output, env, cwd, open } = context;
    const checks: Check[] = [];
    await examine({
      env,
      place: () => findPlace(env),
      varvel: open,
      folder: cwd,
      offline,
      found(check) {
        checks.push(check);
        if (!output.json && !report) show(check, context);
      },
    });
    const text = report ? redactedReport(checks, homeFolder(env)) : null;
    if (output.json) {
      output.document({
        ok: checks.every(({ state }) => state !== 'broken'),
        checks: checks.map(({ name, state, message, hint }) => ({
          name,
          state,
          message,
          hint: hintWords(hint),
        })),
        ...(text !== null && { report: text }),
      });
    } else for (const line of text?.trimEnd().split('\n') ?? []) output.line(line);
    const first = checks.find((check) => check.state === 'broken');
    return first?.state === 'broken' ? exitCode(first.code) : 0;
  },
});

const marks = { well: ['✓', 'green'], note: ['·', 'yellow'], broken: ['✗', 'red'] } as const;

const notTogether = () =>
  new VarvelError(
    'usage',
    '--prove can’t be combined with --offline or --report.',
    'Run them one after the other.',
  );

/** Tries the promises. @returns 1 when one didn't hold */
async function provePromises({ output, env }: Context): Promise<number> {
  const { prove } = await import('../../../host/prove/prove.ts');
  const { vaultKindOf } = await import('../../../host/prove/vault-kind.ts');
  const place = findPlace(env);
  const proofs: Proof[] = [];
  await prove(
    {
      env,
      vault: vaultKindOf(env, place.folder),
      data: place.folder,
      program: [process.execPath, process.argv[1] ?? ''],
    },
    (proof) => {
      proofs.push(proof);
      if (!output.json) showProof(proof, output);
    },
  );
  const ok = proofs.every(({ state }) => state !== 'broken');
  if (output.json) output.document({ ok, proofs });
  return ok ? 0 : exitCode('unexpected');
}

const proofMarks = { held: marks.well, skipped: marks.note, broken: marks.broken } as const;

function showProof({ promise, says, state, message }: Proof, output: Context['output']): void {
  const [mark, style] = proofMarks[state];
  const indent = ' '.repeat(5);
  const room = (output.columns() ?? Number.POSITIVE_INFINITY) - indent.length;
  output.line([style, mark], ` ${promise === 0 ? ' +' : String(promise).padStart(2)} ${says}`);
  for (const line of wrap(message, room)) output.line(indent, ['dim', line]);
}

/** Before the lines that follow a check's first. */
const left = ' '.repeat(15);

function show({ state, name, message, hint }: Check, { output }: Context): void {
  const [mark, style] = marks[state];
  const room = (output.columns() ?? Number.POSITIVE_INFINITY) - left.length;
  const [first = '', ...more] = wrap(message, room);
  output.line([style, mark], ` ${name.padEnd(left.length - 3)} ${first}`);
  for (const line of more) output.line(left + line);
  const words = hintWords(hint);
  if (words) for (const line of wrap(words, room)) output.line(left, ['dim', line]);
}
