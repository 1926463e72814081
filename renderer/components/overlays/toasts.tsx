import { X } from 'lucide-react';
import { useEffect } from 'react';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { hintButton } from '../../stores/window/hint-button.ts';
import { dropToast, type Toast, useToasts } from '../../stores/window/toasts.ts';
import { Button, IconButton } from '../forms/button.tsx';
import './toasts.css';

/** Reading time per character, in ms. */
const readingMs = 80;

/** Messages that screen readers announce, and that close by themselves. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite">
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { toast: Toast }) {
  const { id, tone, text } = toast;
  const hint = hintWords(toast.hint);
  const action = toast.action ?? hintButton(toast.hint);
  const least = tone === 'bad' ? 15_000 : action ? 12_000 : 5000;
  // longer texts stay longer
  const stays = Math.max(least, (text.length + hint.length) * readingMs);
  useEffect(() => {
    const timer = setTimeout(() => dropToast(id), stays);
    return () => clearTimeout(timer);
  }, [id, stays]);
  return (
    <div className={`toast toast-${tone}`}>
      <div className="toast-words">
        <Prose text={toast.text} />
        {hint && (
          <div className="toast-hint">
            <Prose text={hint} />
          </div>
        )}
      </div>
      {action && (
        <Button
          onClick={() => {
            dropToast(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton name="Dismiss" icon={X} onClick={() => dropToast(id)} />
    </div>
  );
}
