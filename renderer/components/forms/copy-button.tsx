import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';

/** Copies text that isn't secret. */
export function CopyButton({ text, label, tone }: { text: string; label: string; tone?: 'go' }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button tone={tone} icon={copied ? Check : Copy} onClick={async () => setCopied(await copyText(text))}>
      {copied ? 'Copied' : label}
    </Button>
  );
}
