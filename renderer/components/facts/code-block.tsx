import './code-block.css';

/** Text for a terminal or a file, as it is typed there. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    <div className="code-block">
      <span className="inscription">{label}</span>
      <pre className="mono">{code}</pre>
    </div>
  );
}
