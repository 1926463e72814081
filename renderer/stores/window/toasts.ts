import { create } from 'zustand';
import type { Problem } from '../../../contract/rows.ts';

export interface Toast {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  text: string;
  hint: string;
  action: { label: string; run: () => void } | null;
}

const most = 3;

/** The newest stay; an old one makes room. */
export const withToast = (toasts: Toast[], toast: Toast): Toast[] => [...toasts, toast].slice(-most);

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }));

let last = 0;

export function showToast(toast: Partial<Toast> & Pick<Toast, 'text'>): void {
  last += 1;
  const whole: Toast = { tone: 'plain', hint: '', action: null, ...toast, id: last };
  useToasts.setState(({ toasts }) => ({ toasts: withToast(toasts, whole) }));
}

export const showProblem = ({ message, hint }: Problem): void =>
  showToast({ tone: 'bad', text: message, hint });

export const dropToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
