import { VarvelError } from '../../../core/model/error.ts';
import { CallError } from '../../call-error.ts';
import { hintWords } from '../../format/hint-words.ts';

/** Asks one of the model's own rules, before the core is asked. @throws CallError */
export function checked(rule: (text: string) => unknown, text: string): void {
  try {
    rule(text);
  } catch (error) {
    if (error instanceof VarvelError) throw new CallError(error);
    throw error;
  }
}

/** What a rule says against a text; empty when nothing. */
export function wrongWith(rule: (text: string) => unknown, text: string): string {
  try {
    checked(rule, text);
    return '';
  } catch (error) {
    return error instanceof CallError ? `${error.message} ${hintWords(error.hint)}` : '';
  }
}
