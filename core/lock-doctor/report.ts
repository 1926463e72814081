import { amountWords } from '../model/fal/budget.ts';
import type { BalanceReading, Diagnosis, Explanation, SentRequest } from '../model/fal/diagnosis.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

const balanceLine = (name: string, reading: BalanceReading): string =>
  `- ${name}: ${reading.state === 'read' ? amountWords(reading.amount, reading.currency) : `not read. ${reading.why}`}`;

const requestLine = ({ at, method, host, path, status, ms, requestId }: SentRequest): string =>
  `- ${iso(at)} ${method} ${host}${path}: ${status === null ? 'no answer' : `HTTP ${status}`}, ${Math.round(ms)} ms${requestId === null ? '' : `, request id ${requestId}`}`;

/** A diagnosis as text for fal's support. Has ids, times and amounts, and no secret. */
export function lockReport(
  diagnosis: Diagnosis,
  { title, known, doubts }: Explanation,
  environment: string,
): string {
  const { at, keyId, alias, scope, account, expected, certainty, pattern, balances, requests } = diagnosis;
  const list = (heading: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : ['', heading, ...lines];
  return [
    'Report on a refused fal key',
    '',
    `Finding: ${title} (${pattern}, ${certainty})`,
    `Time: ${iso(at)}`,
    `Environment: ${environment}`,
    `Key id: ${keyId}`,
    `Key: ${alias ?? 'no name'}, ${scope === null ? 'scope not known' : `${scope} scope`}`,
    `Account: ${account ? `${account.nickname} (${account.id})` : 'not known'}`,
    ...(expected ? [`Expected account: ${expected.nickname} (${expected.id})`] : []),
    ...list(
      'What is known',
      known.map((line) => `- ${line}`),
    ),
    ...list(
      'What is not known',
      doubts.map((line) => `- ${line}`),
    ),
    ...list('Balances', [
      balanceLine('GET /billing/user_balance', balances.user),
      balanceLine('GET /account/billing?expand=credits', balances.credits),
    ]),
    ...list('Requests', requests.map(requestLine)),
    '',
  ].join('\n');
}
