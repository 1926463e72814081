import type { ToolDecision } from '../model/machine/which.ts';
import type { Which } from './which.ts';

/** What each tool uses, by its display name. */
export const toolsOf = ({ varvel, tools }: Which): ToolDecision[] => [
  { name: 'varvel env, varvel run', verdict: varvel },
  { name: 'fal (CLI)', verdict: tools.fal },
  { name: 'fal_client (Python)', verdict: tools.fal_client },
  { name: '@fal-ai/client (JavaScript)', verdict: tools['@fal-ai/client'] },
];
