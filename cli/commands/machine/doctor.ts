import { type Check, redactedReport } from '../../../core/model/machine/doctor.ts';
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
    'Checks the data folder, the database, the vault, fal’s servers, your sign-ins and this shell. Exits with 0 if everything works, otherwise with the code of the first problem.',
  examples: ['varvel doctor', 'varvel doctor --offline --json', 'varvel doctor --report'],
  options: {
    offline: { type: 'boolean', describe: 'don’t check fal’s servers' },
    report: { type: 'boolean', describe: 'print a report to share, without names and paths' },
  },
  positionals: [],
  async run(context, { offline = false, report = false }) {
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

/** Before the lines that follow a check's first. */
const left = ' '.repeat(15);

const marks = { well: ['✓', 'green'], note: ['·', 'yellow'], broken: ['✗', 'red'] } as const;

function show({ state, name, message, hint }: Check, { output }: Context): void {
  const [mark, style] = marks[state];
  const room = (output.columns() ?? Number.POSITIVE_INFINITY) - left.length;
  const [first = '', ...more] = wrap(message, room);
  output.line([style, mark], ` ${name.padEnd(left.length - 3)} ${first}`);
  for (const line of more) output.line(left + line);
  const words = hintWords(hint);
  if (words) for (const line of wrap(words, room)) output.line(left, ['dim', line]);
}
