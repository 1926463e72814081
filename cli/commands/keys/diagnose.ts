import { parseSpan } from '../../../core/activity/activity.ts';
import { lockLine } from '../../../core/lock-doctor/explain.ts';
import { usualWatchMs, type WatchEnd } from '../../../core/lock-doctor/watch.ts';
import type { DiagnosisView } from '../../../core/model/fal/diagnosis.ts';
import { type Context, defineCommand } from '../../framework/command.ts';
import { exitCode } from '../../framework/exit-code.ts';
import { givenPath } from '../../framework/given-path.ts';
import { accountOption, profileOption } from '../../framework/name-options.ts';
import { isoTime } from '../../framework/words.ts';
import { keyTarget, type Target } from './key-target.ts';

export const command = defineCommand({
  summary: 'Find out why fal refuses a key, and who can help',
  details:
    'Tells apart an exhausted balance, a lock that stayed after a top-up, balances that contradict each other, a lock by fal’s staff, spending controls, and a key that is wrong or another account’s. All calls are free. The default is the active profile’s key. --watch waits until the key works again: it checks rarely, and more rarely with time. Exits with 0 if the key works, otherwise 7, or 6 if fal can’t be reached.',
  examples: [
    'varvel keys diagnose staging',
    'varvel keys diagnose staging --watch --for 6h',
    'varvel keys diagnose staging --report lock.txt',
  ],
  options: {
    account: accountOption('the key’s account'),
    profile: profileOption('the profile whose key to look at'),
    watch: { type: 'boolean', describe: 'wait until the key works again' },
    for: { type: 'string', value: 'DURATION', describe: 'how long to wait, at most 24h (default: 2h)' },
    report: {
      type: 'string',
      value: 'FILE',
      completes: 'files',
      describe: 'save a report for fal’s support; - prints it',
    },
  },
  positionals: [{ name: 'KEY|PROFILE', optional: true, completes: 'keys and profiles' }],
  async run(context, values, [word]) {
    const { output, open, signal } = context;
    const forMs = values.for === undefined ? usualWatchMs : parseSpan(values.for);
    const varvel = await open();
    const target = await keyTarget(varvel, context, {
      name: word ?? values.profile,
      account: values.account,
    });
    output.progress('Asking fal…');
    const doctor = await varvel.lockDoctor();
    const diagnosis = await doctor.diagnose(target.key, target.expected, signal);
    const { report: file } = values;
    const path =
      file === undefined || file === '-'
        ? null
        : await doctor.saveReport(givenPath(file, context), diagnosis.report);
    const isWatched = values.watch === true && diagnosis.pattern !== 'works';
    if (!output.json) {
      if (file === '-') for (const line of diagnosis.report.trimEnd().split('\n')) output.line(line);
      else show(diagnosis, target, output);
    }
    if (path !== null) output.done(`Saved the report to ${path}.`);
    const ended = isWatched ? await watch() : null;
    if (output.json) output.document(documentOf(diagnosis, target, path, ended));
    if (ended === 'works') return 0;
    return codeOf(diagnosis);

    async function watch(): Promise<WatchEnd> {
      output.note('Waiting until the key works again. Ctrl-C stops.');
      const result = await doctor.watch(target.key, {
        forMs,
        signal,
        onCheck: (checks, nextMs) => {
          if (nextMs !== null)
            output.progress(`Still refused after ${checks} checks. The next one is in ${nextMs / 1000} s…`);
        },
      });
      if (result === 'works') output.done('The key works again.');
      else
        output.warn(
          result === 'dead'
            ? 'fal doesn’t know the key any more.'
            : 'The key is still refused. The time is over.',
        );
      return result;
    }
  },
});

const codeOf = ({ pattern }: DiagnosisView): number =>
  pattern === 'works' ? 0 : exitCode(pattern === 'no_answer' ? 'unreachable' : 'refused');

function show(diagnosis: DiagnosisView, { profile }: Target, output: Context['output']): void {
  const { explanation, keyId, alias, account, pattern } = diagnosis;
  const { meaning, known, doubts, steps, who } = explanation;
  const name = alias ?? keyId;
  output.line(
    [pattern === 'works' ? 'green' : 'red', lockLine(diagnosis)],
    ['dim', ` ${[profile ?? name, account?.nickname].filter(Boolean).join(', ')}`],
  );
  output.line(meaning);
  const section = (title: string, lines: string[], mark: (index: number) => string) => {
    if (lines.length === 0) return;
    output.line();
    output.line(['bold', title]);
    for (const [index, line] of lines.entries()) output.line(`${mark(index)} ${line}`);
  };
  section('What is known', known, () => '·');
  section('What is not known', doubts, () => '·');
  section('What to do', steps, (index) => `${index + 1}.`);
  if (steps.length > 0) section('Who can', [who], () => '·');
}

const documentOf = (
  { explanation, ...found }: DiagnosisView,
  { profile }: Target,
  path: string | null,
  ended: WatchEnd | null,
) => ({
  pattern: found.pattern,
  certainty: found.certainty,
  title: explanation.title,
  key: found.keyId,
  profile,
  account: found.account?.nickname ?? null,
  expected_account: found.expected?.nickname ?? null,
  reason: found.reason,
  balances: { user_balance: found.balances.user, credits: found.balances.credits },
  other_keys: found.siblings,
  meaning: explanation.meaning,
  known: explanation.known,
  doubts: explanation.doubts,
  steps: explanation.steps,
  who: explanation.who,
  requests: found.requests.map(({ at, requestId, ...request }) => ({
    ...request,
    at: isoTime(at),
    request_id: requestId,
  })),
  report: path,
  ...(ended !== null && { watch: ended }),
});
