import { create } from 'zustand';
import type { Problem } from '../../../contract/problem.ts';
import { type Hint, toHint } from '../../../core/model/hint.ts';

export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  hint: Hint;
  action: { label: string; run: () => void } | null;
}

const maxToasts = 3;

/** Adds a toast, and drops the oldest beyond the limit. */
export const withToast = (toasts: Toast[], toast: Toast): Toast[] => [...toasts, toast].slice(-maxToasts);

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

let last = 0;

/**
 * @param toast the hint may be a sentence
 * @returns its id
 */
export function showToast({
  hint = '',
  ...toast
}: Partial<Omit<Toast, 'hint'>> & Pick<Toast, 'text'> & { hint?: Hint | string }): number {
  last += 1;
  const complete: Toast = { tone: 'plain', action: null, ...toast, hint: toHint(hint), id: last };
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, complete) }));
  return last;
}

export const showProblem = ({ message, hint }: Problem): void =>
  void showToast({ tone: 'bad', text: message, hint });

/** Withdraws what can be done from here: it was meant for another environment. */
export const dropActions = (): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(({ action }) => action === null) }));

export const dropToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
