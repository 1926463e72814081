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

const most = 3;

/** The newest stay; an old one makes room. */
export const withToast = (toasts: Toast[], toast: Toast): Toast[] => [...toasts, toast].slice(-most);

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

let last = 0;

/** @param toast its hint may be a sentence */
export function showToast({
  hint = '',
  ...toast
}: Partial<Omit<Toast, 'hint'>> & Pick<Toast, 'text'> & { hint?: Hint | string }): void {
  last += 1;
  const whole: Toast = { tone: 'plain', action: null, ...toast, hint: toHint(hint), id: last };
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, whole) }));
}

export const showProblem = ({ message, hint }: Problem): void =>
  showToast({ tone: 'bad', text: message, hint });

export const dropToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
